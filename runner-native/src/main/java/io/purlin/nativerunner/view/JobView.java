package io.purlin.nativerunner.view;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A job at one moment.
 *
 * @param id 32 hexadecimal digits, the same in every run of a job of this name
 * @param name the job's name
 * @param status where it stands
 * @param startMillis when it was started
 * @param endMillis when it ended; {@link #UNKNOWN} while it has not
 * @param nowMillis the moment
 * @param maxParallelism number of key groups
 * @param attempts how often it has begun, at least 1; each but the first is a restart
 * @param vertices its chains, in topological order
 * @param edges what leads from one to another
 * @param checkpoints its checkpoints
 * @param failures what has failed, the newest first; only the newest are kept
 * @param state its keyed state
 * @param openTransactions names of its sinks' transactions that are neither committed nor given up
 * @param consumed the part of its sources that has been read, 0 to 1, as far as they know how large
 *     they are; {@link #UNKNOWN} when one of them does not, or none has anything to read
 */
public record JobView(
    String id,
    String name,
    Status status,
    long startMillis,
    long endMillis,
    long nowMillis,
    int maxParallelism,
    int attempts,
    List<VertexView> vertices,
    List<EdgeView> edges,
    CheckpointsView checkpoints,
    List<FailureView> failures,
    StateView state,
    List<String> openTransactions,
    double consumed) {
  /** What a number is that is not known. */
  public static final long UNKNOWN = -1;

  /** Where a job stands, in Flink's words. */
  public enum Status {
    /** Its tasks run. */
    RUNNING,
    /** It has failed and is going to begin again. */
    RESTARTING,
    /** It was told to stop and has not stopped yet. */
    CANCELLING,
    /** It has come to its end. */
    FINISHED,
    /** It has failed for good. */
    FAILED,
    /** It has stopped because it was told to. */
    CANCELED;

    /** Whether nothing changes any more. */
    public boolean isTerminal() {
      return this == FINISHED || this == FAILED || this == CANCELED;
    }
  }

  /** Copies the lists. */
  public JobView {
    vertices = List.copyOf(vertices);
    edges = List.copyOf(edges);
    failures = List.copyOf(failures);
    openTransactions = List.copyOf(openTransactions);
  }

  /** Whether every task of the job works: it is neither starting nor starting again. */
  public boolean isReady() {
    return status == Status.RUNNING
        && vertices.stream()
            .flatMap(vertex -> vertex.subtasks().stream())
            .allMatch(SubtaskView::hasOpened);
  }

  /** Milliseconds that the job has been running, or did. */
  public long durationMillis() {
    return (endMillis == UNKNOWN ? nowMillis : endMillis) - startMillis;
  }

  /** The id of what has a name: 32 hexadecimal digits, which tell nothing about it. */
  public static String idOf(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has it", e);
    }
  }
}
