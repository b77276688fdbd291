package io.purlin.nativerunner;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Gives every number twice in each of two splits, by the same record id. */
final class RepeatingSource extends UnboundedSource<Long, RepeatingSource.Mark> {
  private static final long serialVersionUID = 1L;

  /** How many records each split may give at most for now. */
  static final AtomicLong ALLOWED = new AtomicLong(Long.MAX_VALUE);

  private final long numbers;

  RepeatingSource(long numbers) {
    this.numbers = numbers;
  }

  /** How many records were read. */
  record Mark(long read) implements UnboundedSource.CheckpointMark, java.io.Serializable {
    @Override
    public void finalizeCheckpoint() {}
  }

  @Override
  public List<RepeatingSource> split(int desiredNumSplits, PipelineOptions options) {
    return Collections.nCopies(2, this);
  }

  @Override
  public UnboundedReader<Long> createReader(PipelineOptions options, @Nullable Mark mark) {
    return new Reader(mark == null ? 0 : mark.read());
  }

  @Override
  public Coder<Mark> getCheckpointMarkCoder() {
    return SerializableCoder.of(Mark.class);
  }

  @Override
  public Coder<Long> getOutputCoder() {
    return VarLongCoder.of();
  }

  @Override
  public boolean requiresDeduping() {
    return true;
  }

  private final class Reader extends UnboundedReader<Long> {
    private long read;

    Reader(long read) {
      this.read = read;
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (read == 2 * numbers || read >= ALLOWED.get()) {
        return false;
      }
      read++;
      return true;
    }

    @Override
    public Long getCurrent() {
      return (read - 1) / 2;
    }

    @Override
    public byte[] getCurrentRecordId() {
      return Long.toString(getCurrent()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Instant getCurrentTimestamp() {
      return Instant.ofEpochMilli(getCurrent());
    }

    @Override
    public Instant getWatermark() {
      return read == 2 * numbers
          ? BoundedWindow.TIMESTAMP_MAX_VALUE
          : read == 0 ? BoundedWindow.TIMESTAMP_MIN_VALUE : getCurrentTimestamp();
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return new Mark(read);
    }

    @Override
    public UnboundedSource<Long, ?> getCurrentSource() {
      return RepeatingSource.this;
    }

    @Override
    public void close() {}
  }
}
