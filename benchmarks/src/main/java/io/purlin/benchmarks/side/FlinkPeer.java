package io.purlin.benchmarks.side;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.sdk.PipelineResult;

/** Beam's FlinkRunner with a local cluster in its process, and its own Beam. */
public final class FlinkPeer {
  /** What it is called in reports. */
  public static final String NAME =
      "FlinkRunner " + PeerPaths.FLINK_RUNNER_VERSION + ", Flink 1.19, fasterCopy";

  private FlinkPeer() {}

  /** Options of a streaming pipeline on it. */
  public static List<String> flags(int parallelism) {
    return List.of(
        "--runner=FlinkRunner",
        "--flinkMaster=[local]",
        "--streaming=true",
        "--fasterCopy=true",
        "--parallelism=" + parallelism);
  }

  /**
   * Options by which its state is in RocksDB, and a checkpoint holds what has changed since the one
   * before. What it has no option for is in a file that they name.
   *
   * @param folder for all of that
   * @param memoryBytes of RocksDB; 0: as much as it takes, which many operators need, because what
   *     they share is full when each of their states has its first block, and is then written out
   *     with nearly each put
   * @param intervalMillis between checkpoints
   */
  public static List<String> rocksDbFlags(Path folder, long memoryBytes, long intervalMillis)
      throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("state.backend.incremental", true);
    settings.put("state.backend.rocksdb.localdir", folder.resolve("flink-runner-rocksdb"));
    if (memoryBytes > 0) {
      settings.put("taskmanager.memory.managed.size", memoryBytes + "b");
    } else {
      settings.put("state.backend.rocksdb.memory.managed", false);
    }
    Path configuration = Files.createDirectories(folder.resolve("flink-runner-conf"));
    Files.writeString(
        configuration.resolve("config.yaml"),
        settings.entrySet().stream()
            .map(each -> each.getKey() + ": " + each.getValue() + "\n")
            .collect(Collectors.joining()));
    return List.of(
        "--stateBackend=rocksdb",
        "--stateBackendStoragePath=" + folder.resolve("flink-runner-checkpoints").toUri(),
        "--checkpointingInterval=" + intervalMillis,
        "--flinkConfDir=" + configuration);
  }

  /** Ends a job that does not end by itself. */
  public static void cancel(PipelineResult job) throws IOException {
    try {
      job.cancel();
    } catch (RuntimeException gone) {
      // Asked for its state behind that, a local cluster has ended with its job.
      System.err.println("cancelled: " + gone);
    }
  }
}
