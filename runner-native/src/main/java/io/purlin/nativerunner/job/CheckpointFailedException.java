package io.purlin.nativerunner.job;

import org.jspecify.annotations.Nullable;

/** A job cannot go on because a checkpoint failed; it starts again from the one before. */
public final class CheckpointFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CheckpointFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
