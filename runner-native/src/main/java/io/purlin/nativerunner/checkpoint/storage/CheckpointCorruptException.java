package io.purlin.nativerunner.checkpoint.storage;

import java.io.IOException;
import java.nio.file.Path;

/** A file of a checkpoint is damaged or missing. Names the file, what is wrong and where. */
public final class CheckpointCorruptException extends IOException {
  private static final long serialVersionUID = 1;

  /** Something is wrong with a file. */
  public CheckpointCorruptException(Path file, String what) {
    super(file + ": " + what);
  }

  /** What was found, and what the user can do about it. */
  public CheckpointCorruptException(CheckpointCorruptException found, String advice) {
    super(found.getMessage() + ". " + advice, found);
  }

  /** Something is wrong with a file, found by another failure. */
  public CheckpointCorruptException(Path file, String what, Throwable cause) {
    super(file + ": " + what, cause);
  }
}
