package io.purlin.nativerunner.job;

import io.purlin.nativerunner.checkpoint.storage.CheckpointCorruptException;
import io.purlin.nativerunner.checkpoint.storage.CheckpointUnavailableException;
import io.purlin.sdk.connector.SinkException;
import io.purlin.sdk.connector.SourceException;
import io.purlin.state.IncompatibleStateException;

/** Which failures end a job because starting again cannot change them, or must not try. */
final class FinalFailures {
  private FinalFailures() {}

  /**
   * Whether a failure is final: an error of the JVM or of an assertion, after which nothing in the
   * process is to be trusted or the job's own verdict is known; a checkpoint that cannot be read or
   * does not fit the pipeline; a sink that a newer run has taken over; a sink or source that
   * refuses for good.
   */
  static boolean isFinal(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
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
}
