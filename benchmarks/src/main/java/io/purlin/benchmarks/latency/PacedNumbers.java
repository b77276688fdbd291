package io.purlin.benchmarks.latency;

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
 * The numbers from 0 by a schedule, as an unbounded source that comes to an end. Of several splits
 * each takes every so-manieth.
 */
final class PacedNumbers extends UnboundedSource<Long, PacedNumbers.Position> {
  private static final long serialVersionUID = 1L;

  private final Schedule schedule;
  private final long first;
  private final long stride;

  PacedNumbers(Schedule schedule) {
    this(schedule, 0, 1);
  }

  private PacedNumbers(Schedule schedule, long first, long stride) {
    this.schedule = schedule;
    this.first = first;
    this.stride = stride;
  }

  @Override
  public List<PacedNumbers> split(int desired, PipelineOptions options) {
    List<PacedNumbers> splits = new ArrayList<>();
    for (int i = 0; i < desired; i++) {
      splits.add(new PacedNumbers(schedule, i, desired));
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

  /** Where to go on. */
  record Position(long next) implements CheckpointMark, Serializable {
    @Override
    public void finalizeCheckpoint() {}
  }

  /** Owned by the thread that reads. */
  private final class Reader extends UnboundedReader<Long> {
    private long next;
    private long current;
    private Instant time = BoundedWindow.TIMESTAMP_MIN_VALUE;

    Reader(long next) {
      this.next = next;
    }

    @Override
    public boolean start() {
      Tally.reading();
      return advance();
    }

    @Override
    public boolean advance() {
      if (next >= schedule.end()) {
        time = BoundedWindow.TIMESTAMP_MAX_VALUE;
        return false;
      }
      if (!schedule.isDue(next, System.nanoTime())) {
        return false;
      }
      current = next;
      next += stride;
      time = Instant.ofEpochMilli(schedule.millis(current));
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
      return time;
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return new Position(next);
    }

    @Override
    public PacedNumbers getCurrentSource() {
      return PacedNumbers.this;
    }

    @Override
    public void close() {}
  }
}
