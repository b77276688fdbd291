package io.purlin.pipelines.job;

import java.io.Serial;

/**
 * A failure that the user can act on. Its message names the thing that is wrong and is all that is
 * shown of it.
 */
public final class UserError extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** A failure with nothing behind it that would tell more. */
  public UserError(String message) {
    super(message);
  }

  /** A failure whose cause {@code --verbose} shows. */
  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
