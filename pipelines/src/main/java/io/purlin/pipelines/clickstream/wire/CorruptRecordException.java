package io.purlin.pipelines.clickstream.wire;

import java.io.Serial;

/** Bytes that are not a record of the schema they should follow. */
public final class CorruptRecordException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  CorruptRecordException(String message) {
    super(message);
  }

  CorruptRecordException(Throwable cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
