package io.purlin.nativerunner.job;

import io.purlin.nativerunner.checkpoint.storage.CheckpointCorruptException;
import io.purlin.nativerunner.checkpoint.storage.CheckpointUnavailableException;
import io.purlin.nativerunner.task.Failures;
import io.purlin.sdk.connector.SinkException;
import io.purlin.sdk.connector.SourceException;
import io.purlin.state.IncompatibleStateException;

/**
 * Which failures end a job because starting again cannot change them, or must not try; and what is
 * said of a heap that is too small, where the JVM says only that it is. Stateless.
 */
final class FinalFailures {
  private static final long MEBIBYTE = 1 << 20;

  private FinalFailures() {}

  /**
   * Whether a failure is final: an error of the JVM or of an assertion, after which nothing in the
   * process is to be trusted or the job's own verdict is known; a checkpoint that cannot be read or
   * does not fit the pipeline; a sink that a newer run has taken over; a sink or source that
   * refuses for good. It need not be what failed first.
   */
  static boolean isFinal(Throwable failure) {
    for (Throwable each : Failures.parts(failure)) {
      if (each instanceof Error
          || each instanceof CheckpointCorruptException
          || each instanceof CheckpointUnavailableException
          || each instanceof IncompatibleStateException
          || (each instanceof SinkException refused && refused.stopsJob())
          || (each instanceof SourceException refused && refused.stopsJob())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Does once what is to be done when there is no memory, while there is: without it no class can
   * be loaded that this needs, and the job would not even come to its end.
   */
  static void rehearse() {
    Throwable failure =
        Failures.merge(new IllegalStateException(), new OutOfMemoryError("Java heap space"));
    if (!isFinal(failure) || explained(failure).equals(failure)) {
      throw new IllegalStateException("no memory would not end a job");
    }
  }

  /**
   * The failure of a job as it is told: itself, or, where there was no room on the heap, an error
   * of the same kind and from the same place that says what to change, with the failure suppressed.
   */
  static Throwable explained(Throwable failure) {
    try {
      return withAdvice(failure);
    } catch (OutOfMemoryError full) {
      return failure;
    }
  }

  private static Throwable withAdvice(Throwable failure) {
    VirtualMachineError error = Failures.ofJvm(failure);
    if (!(error instanceof OutOfMemoryError) || !isHeap(String.valueOf(error.getMessage()))) {
      return failure;
    }
    OutOfMemoryError explained =
        new OutOfMemoryError(
            error.getMessage()
                + ": the heap of "
                + Runtime.getRuntime().maxMemory() / MEBIBYTE
                + " MiB is too small for what this job keeps there. Give it more (-Xmx), or keep"
                + " state beyond the heap (--stateBackend=rocksdb; --stateMemory says how much of"
                + " it stays).");
    explained.setStackTrace(error.getStackTrace());
    explained.addSuppressed(failure);
    return explained;
  }

  /** Other errors of this kind are of memory beside the heap, or of threads. */
  private static boolean isHeap(String message) {
    return message.startsWith("Java heap space")
        || message.startsWith("GC overhead limit exceeded");
  }
}
