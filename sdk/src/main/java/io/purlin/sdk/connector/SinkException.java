package io.purlin.sdk.connector;

import org.jspecify.annotations.Nullable;

/**
 * A sink failed. The message names the external system, what was done there and, where known, what
 * to change. Nothing that was not committed is visible to readers of committed data.
 */
public class SinkException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /** A failure of one kind. */
  public SinkException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What kind of failure. */
  public Kind kind() {
    return kind;
  }

  /** Whether the job must end. If not, it restarts from the last committed checkpoint. */
  public boolean stopsJob() {
    return kind == Kind.FENCED || kind == Kind.REFUSED;
  }

  /** Kinds of failure, by what the job has to do. */
  public enum Kind {
    /** An element was not written. The job restarts and writes it again. */
    NOT_WRITTEN,
    /** The external system gave the transaction up, usually as too old. The job replays it. */
    TIMED_OUT,
    /** Nobody knows yet whether the commit happened. The job restarts; recovery tells. */
    UNCERTAIN,
    /** The external system was not reached or did not answer. The job restarts. */
    UNREACHABLE,
    /** A newer run of the same job has taken over. This one stops. */
    FENCED,
    /** The external system will never accept it: rights, settings, sizes. The job stops. */
    REFUSED,
    /**
     * The coordinator was closed while the call waited. The job is ending or restarting already.
     */
    CLOSED
  }
}
