package io.purlin.state;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.beam.sdk.util.VarInt;

/**
 * Writes a snapshot of one operator in one task.
 *
 * <p>A snapshot is parts, a part is frames: first {@link #begin}, then for each frame its bytes
 * into {@link #frame} and one of {@link #keyed}, {@link #spread}, {@link #shared}, which says who
 * reads it when the tasks are no longer the same. Ends with {@link #finish}; the stream is not
 * closed.
 *
 * <p>Format: head (magic, version, task, tasks, key groups), then by a tag byte: a part's spec, or
 * a frame with its length; all numbers var-ints. Owned by one thread.
 */
public final class SnapshotSink {
  static final int MAGIC = 0x5055524C;
  static final int VERSION = 1;

  /** What follows in the stream. */
  enum Tag {
    END(0),
    PART(1),
    KEYED(2),
    SPREAD(3),
    SHARED(4);

    private static final Tag[] ALL = values();

    private final int code;

    Tag(int code) {
      this.code = code;
    }

    static Tag of(int code) throws IOException {
      for (Tag each : ALL) {
        if (each.code == code) {
          return each;
        }
      }
      throw new IOException("not a snapshot: there is no tag " + code);
    }
  }

  private final DataOutputStream out;
  private boolean isEmpty = true;
  private final ByteArrayOutputStream frame = new ByteArrayOutputStream(256);

  /**
   * Begins a snapshot.
   *
   * @param out where it goes; best buffered
   * @param task which of the parallel tasks writes, from 0
   * @param parallelism how many there are
   * @param maxParallelism number of key groups of the job
   */
  public SnapshotSink(OutputStream out, int task, int parallelism, int maxParallelism)
      throws IOException {
    this.out = new DataOutputStream(out);
    this.out.writeInt(MAGIC);
    VarInt.encode(VERSION, this.out);
    VarInt.encode(task, this.out);
    VarInt.encode(parallelism, this.out);
    VarInt.encode(maxParallelism, this.out);
  }

  /** Begins a part. */
  public void begin(PartSpec spec) throws IOException {
    isEmpty = false;
    out.writeByte(Tag.PART.code);
    text(spec.kind());
    text(spec.name());
    VarInt.encode(spec.prints().size(), out);
    for (Map.Entry<String, String> each : spec.prints().entrySet()) {
      text(each.getKey());
      text(each.getValue());
    }
  }

  private void text(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    VarInt.encode(bytes.length, out);
    out.write(bytes);
  }

  /** Where the bytes of the next frame go; empty. To be used until the frame is written. */
  public OutputStream frame() {
    frame.reset();
    return frame;
  }

  /** The frame goes to the task that owns the key group. */
  public void keyed(int keyGroup) throws IOException {
    out.writeByte(Tag.KEYED.code);
    VarInt.encode(keyGroup, out);
    write();
  }

  /** The frame goes to any one task; to the same one while their number stays. */
  public void spread() throws IOException {
    out.writeByte(Tag.SPREAD.code);
    write();
  }

  /** The frame goes to every task that owns a key group of the one that writes. */
  public void shared() throws IOException {
    out.writeByte(Tag.SHARED.code);
    write();
  }

  private void write() throws IOException {
    VarInt.encode(frame.size(), out);
    frame.writeTo(out);
  }

  /** Whether there is no part so far. */
  public boolean isEmpty() {
    return isEmpty;
  }

  /** Ends the snapshot. */
  public void finish() throws IOException {
    out.writeByte(Tag.END.code);
    out.flush();
  }
}
