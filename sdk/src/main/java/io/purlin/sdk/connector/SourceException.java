package io.purlin.sdk.connector;

import org.jspecify.annotations.Nullable;

/**
 * A source failed. The message names the external system, what was done there and, where known,
 * what to change.
 */
public class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /** A failure of one kind. */
  public SourceException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What kind of failure. */
  public Kind kind() {
    return kind;
  }

  /** Whether the job must end. If not, it restarts from the last committed checkpoint. */
  public boolean stopsJob() {
    return kind == Kind.REFUSED;
  }

  /** Kinds of failure, by what the job has to do. */
  public enum Kind {
    /** The external system was not reached, did not answer or could not read. The job restarts. */
    UNREACHABLE,
    /** What is asked for does not exist or is not allowed. The job stops. */
    REFUSED
  }
}
