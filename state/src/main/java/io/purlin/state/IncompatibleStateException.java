package io.purlin.state;

import java.io.IOException;

/** Stored state does not fit the pipeline that is to go on with it. The message says what. */
public final class IncompatibleStateException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message names the state, with its transform, and what has changed
   */
  public IncompatibleStateException(String message) {
    super(message);
  }
}
