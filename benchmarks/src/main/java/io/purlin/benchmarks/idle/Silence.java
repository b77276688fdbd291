package io.purlin.benchmarks.idle;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** An unbounded source that has nothing. Its watermark keeps up with the clock. */
final class Silence extends UnboundedSource<Long, Silence.Position> {
  private static final long serialVersionUID = 1L;

  @Override
  public List<Silence> split(int desired, PipelineOptions options) {
    return Collections.nCopies(desired, this);
  }

  @Override
  public UnboundedReader<Long> createReader(PipelineOptions options, @Nullable Position position) {
    return new Reader();
  }

  @Override
  public Coder<Position> getCheckpointMarkCoder() {
    return SerializableCoder.of(Position.class);
  }

  @Override
  public Coder<Long> getOutputCoder() {
    return VarLongCoder.of();
  }

  /** There is but one. */
  record Position() implements CheckpointMark, Serializable {
    @Override
    public void finalizeCheckpoint() {}
  }

  /** Owned by the thread that reads. */
  private final class Reader extends UnboundedReader<Long> {
    @Override
    public boolean start() {
      return false;
    }

    @Override
    public boolean advance() {
      return false;
    }

    @Override
    public Long getCurrent() {
      throw new NoSuchElementException();
    }

    @Override
    public Instant getCurrentTimestamp() {
      throw new NoSuchElementException();
    }

    @Override
    public Instant getWatermark() {
      return Instant.now();
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return new Position();
    }

    @Override
    public Silence getCurrentSource() {
      return Silence.this;
    }

    @Override
    public void close() {}
  }
}
