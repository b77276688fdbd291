package io.purlin.state.bytes;

import java.io.IOException;
import java.io.InputStream;

/** Bytes of a snapshot, wherever they are; they do not change. Any thread; a stream has one. */
public interface StoredBytes {
  /** How many. */
  long sizeBytes();

  /**
   * Reads them from the first one on; may be called any number of times.
   *
   * @throws IOException when they cannot be read, or are known to be damaged
   */
  InputStream open() throws IOException;
}
