package io.purlin.nativerunner.checkpoint.storage;

import java.io.IOException;

/**
 * A directory is in use, or what is in it is not what must be restored. Nothing was changed; to go
 * on would be to guess.
 */
public final class CheckpointUnavailableException extends IOException {
  private static final long serialVersionUID = 1;

  /** With a message that names the directory and what to do. */
  public CheckpointUnavailableException(String message) {
    super(message);
  }
}
