package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.checkpoint.storage.SpillDirectory;
import io.purlin.nativerunner.checkpoint.storage.SpilledFile;
import io.purlin.state.bytes.ByteChunks;
import io.purlin.state.bytes.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a segment as they are written: on the heap while they are few, else in a file. Owned
 * by the task's thread; ends with {@link #stored} or {@link #discard}.
 */
final class SegmentBytes extends OutputStream {
  private final long checkpoint;
  private final @Nullable SpillDirectory spill;
  private ByteChunks heap = new ByteChunks();
  private @Nullable SpilledFile file;

  /**
   * @param checkpoint whose segment it is
   * @param spill where it goes when it is large; null: it stays on the heap
   */
  SegmentBytes(long checkpoint, @Nullable SpillDirectory spill) {
    this.checkpoint = checkpoint;
    this.spill = spill;
  }

  @Override
  public void write(int each) throws IOException {
    OutputStream to = room(1);
    to.write(each);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    OutputStream to = room(length);
    to.write(bytes, offset, length);
  }

  private OutputStream room(int length) throws IOException {
    SpilledFile to = file;
    if (to != null) {
      return to;
    }
    SpillDirectory beyond = spill;
    if (beyond == null || heap.sizeBytes() + length <= beyond.onHeapBytes()) {
      return heap;
    }
    SpilledFile begun = beyond.begin(checkpoint);
    file = begun;
    try (InputStream in = heap.open()) {
      in.transferTo(begun);
    }
    heap = new ByteChunks();
    return begun;
  }

  /** All that was written; nothing more is. */
  StoredBytes stored() {
    SpilledFile written = file;
    if (written == null) {
      return heap;
    }
    written.close();
    return written;
  }

  /** Nobody is going to read it. */
  void discard() {
    if (file != null) {
      file.discard();
    }
  }
}
