package io.purlin.benchmarks.growth;

import io.purlin.benchmarks.side.Tally;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The numbers from 0, as an unbounded source that comes to an end. Making one costs a few
 * nanoseconds, the same for all sizes, so that none lie ready in a memory that the measured has to
 * share. Those before the gate are emitted at once, the others when it is open; the clock begins
 * with the first of these.
 */
final class Numbers extends UnboundedSource<Long, Numbers.Position> {
  private static final long serialVersionUID = 1L;

  private final Range range;
  private final Times times;
  private final boolean held;
  private final long first;
  private final long stride;

  /** What is emitted: {@code [0, end)}, of which {@code [0, gate)} before the gate opens. */
  record Range(long gate, long end) implements Serializable {}

  /** Event times. */
  interface Times extends Serializable {
    /** Of a number, in milliseconds. */
    long millis(long number);
  }

  /**
   * @param held whether the watermark stands still until the end, so that times may come in any
   *     order; else they do not fall
   */
  Numbers(Range range, Times times, boolean held) {
    this(range, times, held, 0, 1);
  }

  private Numbers(Range range, Times times, boolean held, long first, long stride) {
    this.range = range;
    this.times = times;
    this.held = held;
    this.first = first;
    this.stride = stride;
  }

  @Override
  public List<Numbers> split(int desired, PipelineOptions options) {
    List<Numbers> splits = new ArrayList<>();
    for (int i = 0; i < desired; i++) {
      splits.add(new Numbers(range, times, held, i, desired));
    }
    return splits;
  }

  @Override
  public UnboundedReader<Long> createReader(PipelineOptions options, @Nullable Position position) {
    return new Reader(position == null ? first : position.next);
  }

  @Override
  public Coder<Position> getCheckpointMarkCoder() {
    return SerializableCoder.of(Position.class);
  }

  @Override
  public Coder<Long> getOutputCoder() {
    return VarLongCoder.of();
  }

  /**
   * Where to go on. When all before the gate is in a committed checkpoint, the gate is told.
   *
   * @param next the next number
   * @param gate see {@link Range}
   */
  record Position(long next, long gate) implements CheckpointMark, Serializable {
    @Override
    public void finalizeCheckpoint() {
      if (gate > 0 && next >= gate) {
        Gate.signal();
      }
    }
  }

  /** Owned by the thread that reads. */
  private final class Reader extends UnboundedReader<Long> {
    private final long gate = range.gate;
    private final long end = range.end;
    private long next;
    private long current;
    private boolean open;
    private Instant time = BoundedWindow.TIMESTAMP_MIN_VALUE;

    Reader(long next) {
      this.next = next;
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (next >= end) {
        current = end;
        return false;
      }
      if (!open && next >= gate) {
        if (!Gate.isOpen()) {
          return false;
        }
        open = true;
        Tally.reading();
      }
      current = next;
      next += stride;
      time = Instant.ofEpochMilli(times.millis(current));
      return true;
    }

    @Override
    public Long getCurrent() {
      return current;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return time;
    }

    @Override
    public Instant getWatermark() {
      if (current == end) {
        return BoundedWindow.TIMESTAMP_MAX_VALUE;
      }
      return held ? BoundedWindow.TIMESTAMP_MIN_VALUE : time;
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return new Position(next, gate);
    }

    @Override
    public Numbers getCurrentSource() {
      return Numbers.this;
    }

    @Override
    public void close() {}
  }
}
