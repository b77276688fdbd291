package io.purlin.state;

import io.purlin.state.SnapshotSink.Tag;
import io.purlin.state.bytes.ReusedBytes;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.beam.sdk.util.VarInt;

/**
 * Writes frames to a stream: first the bytes of one into {@link #frame}, then who reads it. Owned
 * by one thread.
 */
final class FrameWriter {
  private final ReusedBytes frame = new ReusedBytes();
  private DataOutputStream out;

  FrameWriter(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /** Goes on with another stream. */
  void to(OutputStream next) {
    out = new DataOutputStream(next);
  }

  /** Where the bytes of the next frame go; empty. */
  OutputStream frame() {
    frame.begin();
    return frame;
  }

  /** Bytes in the frame so far. */
  int frameBytes() {
    return frame.size();
  }

  void keyed(int keyGroup) throws IOException {
    out.writeByte(Tag.KEYED.code());
    VarInt.encode(keyGroup, out);
    write();
  }

  void spread() throws IOException {
    out.writeByte(Tag.SPREAD.code());
    write();
  }

  void shared() throws IOException {
    out.writeByte(Tag.SHARED.code());
    write();
  }

  /** A cell of the window that was written last: its key, then what it holds. */
  void cell(int keyGroup, int keyBytes) throws IOException {
    out.writeByte(Tag.CELL.code());
    VarInt.encode(keyGroup, out);
    VarInt.encode(keyBytes, out);
    write();
  }

  /** The key of a cell of the window that was written last, which is no longer there. */
  void gone(int keyGroup) throws IOException {
    out.writeByte(Tag.GONE.code());
    VarInt.encode(keyGroup, out);
    write();
  }

  /** A window whose earlier cells are all gone. */
  void wiped() throws IOException {
    out.writeByte(Tag.WIPED.code());
    write();
  }

  /** How many cells the window that was written last has. */
  void size(long cells) throws IOException {
    VarInt.encode(cells, frame());
    out.writeByte(Tag.SIZE.code());
    write();
  }

  private void write() throws IOException {
    VarInt.encode(frame.size(), out);
    frame.writeTo(out);
  }
}
