package io.purlin.benchmarks.ready;

import io.purlin.benchmarks.side.Tally;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads an input as an unbounded source that comes to an end. Of several splits each takes every
 * so-manieth element, so that all are equally far in event time.
 */
public final class ReadySource<T> extends UnboundedSource<T, ReadySource.Position> {
  private static final long serialVersionUID = 1L;

  private final InputSpec spec;
  private final Times<T> times;
  private final int first;
  private final int stride;

  /** When an element was made. */
  public interface Times<T> extends Serializable {
    /** Its event time. */
    Instant of(T element);
  }

  /** A source of all elements. */
  public ReadySource(InputSpec spec, Times<T> times) {
    this(spec, times, 0, 1);
  }

  private ReadySource(InputSpec spec, Times<T> times, int first, int stride) {
    this.spec = spec;
    this.times = times;
    this.first = first;
    this.stride = stride;
  }

  @Override
  public List<ReadySource<T>> split(int desired, PipelineOptions options) {
    List<ReadySource<T>> splits = new ArrayList<>();
    for (int i = 0; i < desired; i++) {
      splits.add(new ReadySource<>(spec, times, i, desired));
    }
    return splits;
  }

  @Override
  public UnboundedReader<T> createReader(PipelineOptions options, @Nullable Position position) {
    return new Reader(position == null ? first : position.next);
  }

  @Override
  public Coder<Position> getCheckpointMarkCoder() {
    return SerializableCoder.of(Position.class);
  }

  @Override
  public Coder<T> getOutputCoder() {
    return input().coder();
  }

  @SuppressWarnings("unchecked") // whoever names the input knows its type
  private ReadyInput<T> input() {
    return (ReadyInput<T>) spec.input();
  }

  /**
   * Where to go on.
   *
   * @param next number of the next element
   */
  public record Position(int next) implements CheckpointMark, Serializable {
    @Override
    public void finalizeCheckpoint() {}
  }

  /** Owned by the thread that reads. */
  private final class Reader extends UnboundedReader<T> {
    private final ReadyInput<T> input = input();
    private int next;
    private @Nullable T current;
    private Instant time = BoundedWindow.TIMESTAMP_MIN_VALUE;
    private Instant watermark = BoundedWindow.TIMESTAMP_MIN_VALUE;

    Reader(int next) {
      this.next = next;
    }

    @Override
    public boolean start() throws IOException {
      Tally.reading();
      return advance();
    }

    @Override
    public boolean advance() {
      if (next >= input.size()) {
        watermark = BoundedWindow.TIMESTAMP_MAX_VALUE;
        return false;
      }
      T element = input.element(next);
      next += stride;
      current = element;
      time = times.of(element);
      // What comes again is late, which only those ask for who keep nothing.
      watermark = time.isAfter(watermark) ? time : watermark;
      return true;
    }

    @Override
    public T getCurrent() {
      if (current == null) {
        throw new NoSuchElementException();
      }
      return current;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return time;
    }

    @Override
    public Instant getWatermark() {
      return watermark;
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return new Position(next);
    }

    @Override
    public ReadySource<T> getCurrentSource() {
      return ReadySource.this;
    }

    @Override
    public void close() {}
  }
}
