package io.purlin.conformance.simulation.job;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gives the records of a load, some now and some later, to whatever run is played on the thread.
 */
final class NumberedSource extends UnboundedSource<KV<Long, Long>, NumberedSource.Mark> {
  private static final long serialVersionUID = 1L;
  private static final ThreadLocal<@Nullable Play> PLAY = new ThreadLocal<>();
  private static final int WHOLE = -1;

  private final int partition;

  NumberedSource() {
    this(WHOLE);
  }

  private NumberedSource(int partition) {
    this.partition = partition;
  }

  /** What runs on this thread from now on. */
  static void play(Play play) {
    PLAY.set(play);
  }

  private static Play play() {
    Play play = PLAY.get();
    if (play == null) {
      throw new IllegalStateException("no run is played here");
    }
    return play;
  }

  /** How much of a partition was read. */
  record Mark(int partition, long read) implements UnboundedSource.CheckpointMark, Serializable {
    @Override
    public void finalizeCheckpoint() {
      play().told(partition, read);
    }
  }

  @Override
  public List<NumberedSource> split(int desiredNumSplits, PipelineOptions options) {
    return IntStream.range(0, play().load().partitions()).mapToObj(NumberedSource::new).toList();
  }

  @Override
  public UnboundedReader<KV<Long, Long>> createReader(
      PipelineOptions options, @Nullable Mark mark) {
    return new Reader(mark == null ? 0 : mark.read());
  }

  @Override
  public Coder<Mark> getCheckpointMarkCoder() {
    return SerializableCoder.of(Mark.class);
  }

  @Override
  public Coder<KV<Long, Long>> getOutputCoder() {
    return KvCoder.of(VarLongCoder.of(), VarLongCoder.of());
  }

  private final class Reader extends UnboundedReader<KV<Long, Long>> {
    private long read;

    Reader(long read) {
      this.read = read;
    }

    @Override
    public boolean start() throws IOException {
      return advance();
    }

    @Override
    public boolean advance() throws IOException {
      if (play().sourceFails()) {
        throw new IOException("the source fails");
      }
      if (read == play().load().records() || play().isDry()) {
        return false;
      }
      read++;
      return true;
    }

    @Override
    public KV<Long, Long> getCurrent() {
      if (read == 0) {
        throw new NoSuchElementException();
      }
      Load load = play().load();
      return KV.of(load.key(partition, read - 1), load.value(partition, read - 1));
    }

    @Override
    public Instant getCurrentTimestamp() {
      return Instant.ofEpochMilli(read);
    }

    @Override
    public Instant getWatermark() {
      return read == play().load().records()
          ? BoundedWindow.TIMESTAMP_MAX_VALUE
          : Instant.ofEpochMilli(read);
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return new Mark(partition, read);
    }

    @Override
    public UnboundedSource<KV<Long, Long>, ?> getCurrentSource() {
      return NumberedSource.this;
    }

    @Override
    public void close() {}
  }
}
