package io.purlin.state.bytes;

import java.io.ByteArrayOutputStream;

/**
 * A buffer for one encoding after the other. What a large one has made it grow by is given back
 * when the next begins, so that one record of 100 MB does not cost each of its buffers as much for
 * good. Used by one thread.
 */
public final class ReusedBytes extends ByteArrayOutputStream {
  private static final int FIRST_BYTES = 256;
  private static final int MOST_KEPT_BYTES = 1 << 20;

  /** An empty buffer. */
  public ReusedBytes() {
    super(FIRST_BYTES);
  }

  /** Another encoding begins. */
  public void begin() {
    if (buf.length > MOST_KEPT_BYTES) {
      buf = new byte[FIRST_BYTES];
    }
    count = 0;
  }

  /** How many bytes the buffer takes. */
  int capacity() {
    return buf.length;
  }
}
