package io.purlin.nativerunner.source;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.time.Clock;
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
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * One split of an unbounded source and its reader. Owned by the task's thread.
 *
 * <p>It has ended when its watermark is at the end of time and there is nothing left to read, or at
 * its limit. With a limit the watermark stays at the beginning of time until then, so that whatever
 * is read is in time.
 *
 * @param <T> type of the elements
 * @param <MarkT> type of the checkpoint marks
 */
final class UnboundedSplit<T, MarkT extends CheckpointMark> {
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  // What a position has, beside what each has.
  private static final int HAS_MARK = 1;
  private static final int HAS_LIMIT = 2;

  private final UnboundedSource<T, MarkT> source;
  private final List<MarkT> uncommitted = new ArrayList<>();
  private final Clock clock;
  private @Nullable ReadLimit limit;
  private @Nullable MarkT restored;
  private UnboundedSource.@Nullable UnboundedReader<T> reader;
  private boolean started;
  private boolean readSinceMark;
  private boolean ended;
  private long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  /**
   * A split that nobody has read.
   *
   * @param limit how much is read of it; null: all
   */
  UnboundedSplit(UnboundedSource<T, MarkT> source, @Nullable ReadLimit limit, Clock clock) {
    this.source = source;
    this.limit = limit;
    this.clock = clock;
  }

  /**
   * The split as {@link #position} described it.
   *
   * @param step full name of the Beam transform
   * @throws RefusedPositionException when it cannot be read, or holds what no split has
   */
  static UnboundedSplit<?, ?> at(byte[] position, Clock clock, String step) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(position));
    byte[] source = in.readNBytes(in.readInt());
    UnboundedSplit<?, ?> split =
        new UnboundedSplit<>(
            (UnboundedSource<?, ?>) StoredSplit.read(source, UnboundedSource.class, step),
            null,
            clock);
    split.restore(in);
    return split;
  }

  private void restore(DataInputStream in) throws IOException {
    watermark = in.readLong();
    ended = in.readBoolean();
    int parts = in.readUnsignedByte();
    if ((parts & HAS_LIMIT) != 0) {
      limit = ReadLimit.readFrom(in);
    }
    if ((parts & HAS_MARK) != 0) {
      restored = source.getCheckpointMarkCoder().decode(in);
    }
  }

  void open(PipelineOptions options) throws IOException {
    if (!ended) {
      reader = source.createReader(options, restored);
    }
    if (limit != null) {
      limit.begin(clock);
    }
  }

  /**
   * Where the split is: the split itself, how far its watermark has come, what is left of its limit
   * if it has one, and the reader's mark. The mark is kept to be finalized by {@link
   * #finalizeTaken}.
   */
  byte[] position() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    byte[] self = StoredSplit.write(source);
    out.writeInt(self.length);
    out.write(self);
    out.writeLong(watermark);
    out.writeBoolean(ended);
    MarkT mark = mark();
    out.writeByte((mark == null ? 0 : HAS_MARK) | (limit == null ? 0 : HAS_LIMIT));
    if (limit != null) {
      limit.writeTo(out);
    }
    if (mark != null) {
      // The last: a coder may read on to the end.
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
    ReadLimit most = limit;
    if (most == null) {
      return readOn(receiver, current, maxElements);
    }
    int left = most.most(maxElements, clock);
    int count = left == 0 ? 0 : readOn(receiver, current, left);
    most.read(count);
    if (left == 0) {
      end();
    } else if (!ended) {
      watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
    }
    return count;
  }

  private int readOn(Receiver receiver, CurrentElement current, int maxElements)
      throws IOException {
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
      end();
    }
    return count;
  }

  private void end() {
    watermark = END;
    ended = true;
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
      marks = new Marks(id, null, false);
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
