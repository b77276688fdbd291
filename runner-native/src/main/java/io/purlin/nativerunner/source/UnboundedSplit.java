package io.purlin.nativerunner.source;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource.CheckpointMark;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.CausedByDrain;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * One split of an unbounded source and its reader. Owned by the task's thread.
 *
 * <p>It has ended when its watermark is at the end of time and there is nothing left to read.
 *
 * @param <T> type of the elements
 * @param <MarkT> type of the checkpoint marks
 */
final class UnboundedSplit<T, MarkT extends CheckpointMark> {
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final UnboundedSource<T, MarkT> source;
  private final List<MarkT> uncommitted = new ArrayList<>();
  private @Nullable MarkT restored;
  private UnboundedSource.@Nullable UnboundedReader<T> reader;
  private boolean started;
  private boolean readSinceMark;
  private boolean ended;
  private long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  UnboundedSplit(UnboundedSource<T, MarkT> source) {
    this.source = source;
  }

  /** The split as {@link #position} described it. */
  static UnboundedSplit<?, ?> at(byte[] position) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(position));
    byte[] source = in.readNBytes(in.readInt());
    UnboundedSplit<?, ?> split =
        new UnboundedSplit<>(
            (UnboundedSource<?, ?>) SerializableUtils.deserializeFromByteArray(source, "a split"));
    split.restore(in);
    return split;
  }

  private void restore(DataInputStream in) throws IOException {
    watermark = in.readLong();
    ended = in.readBoolean();
    if (in.readBoolean()) {
      restored = source.getCheckpointMarkCoder().decode(in);
    }
  }

  void open(PipelineOptions options) throws IOException {
    if (!ended) {
      reader = source.createReader(options, restored);
    }
  }

  /**
   * Where the split is: the split itself, how far its watermark has come, and the reader's mark.
   * The mark is kept to be finalized by {@link #finalizeTaken}.
   */
  byte[] position() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    byte[] self = SerializableUtils.serializeToByteArray(source);
    out.writeInt(self.length);
    out.write(self);
    out.writeLong(watermark);
    out.writeBoolean(ended);
    MarkT mark = mark();
    out.writeBoolean(mark != null);
    if (mark != null) {
      source.getCheckpointMarkCoder().encode(mark, out);
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("unchecked") // a reader's marks are those of its source
  private @Nullable MarkT mark() {
    if (reader == null || !started) {
      return restored;
    }
    if (readSinceMark || restored == null) {
      restored = (MarkT) reader.getCheckpointMark();
      uncommitted.add(restored);
      readSinceMark = false;
    }
    return restored;
  }

  /** Finalizes the marks that were taken by {@link #position}. */
  void finalizeTaken() throws IOException {
    for (MarkT mark : uncommitted) {
      mark.finalizeCheckpoint();
    }
    uncommitted.clear();
  }

  long watermarkMillis() {
    return watermark;
  }

  boolean hasEnded() {
    return ended;
  }

  private UnboundedSource.UnboundedReader<T> reader() {
    if (reader == null) {
      throw new IllegalStateException("the split is not open");
    }
    return reader;
  }

  /** Emits at most {@code maxElements} elements; returns how many. */
  int read(Receiver receiver, CurrentElement current, int maxElements) throws IOException {
    UnboundedSource.UnboundedReader<T> open = reader();
    int count = 0;
    boolean dry = false;
    while (count < maxElements) {
      if (!next(open)) {
        dry = true;
        break;
      }
      emit(open, receiver, current);
      count++;
    }
    readSinceMark |= count > 0;
    long reported = open.getWatermark().getMillis();
    if (reported < END) {
      watermark = Math.max(watermark, reported);
    } else if (dry) {
      // The end of time is believed only of a reader that has nothing more to give.
      watermark = END;
      ended = true;
    }
    return count;
  }

  private boolean next(UnboundedSource.UnboundedReader<T> open) throws IOException {
    if (started) {
      return open.advance();
    }
    started = true;
    return open.start();
  }

  /** A source that may repeat records emits them by their ids. */
  private void emit(
      UnboundedSource.UnboundedReader<T> open, Receiver receiver, CurrentElement current) {
    Object value = open.getCurrent();
    Marks marks = Marks.NONE;
    if (source.requiresDeduping()) {
      String id = new String(open.getCurrentRecordId(), StandardCharsets.ISO_8859_1);
      marks = new Marks(id, null, CausedByDrain.NORMAL);
      value = KV.of(id, value);
    }
    current.set(
        open.getCurrentTimestamp().getMillis(), CurrentElement.GLOBAL, PaneInfo.NO_FIRING, marks);
    receiver.receive(value);
  }

  /** Lets the source forget, or acknowledge, what was read so far. */
  void finalizeMark() throws IOException {
    if (readSinceMark) {
      readSinceMark = false;
      reader().getCheckpointMark().finalizeCheckpoint();
    }
  }

  void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
