package io.purlin.nativerunner.restart;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
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
 * Gives pairs of a split's number and 0, 1, 2, ..., each once and at that millisecond; not more
 * than {@link #ALLOWED} of each split for now. Nobody removes what it would give twice.
 */
final class Ticks extends UnboundedSource<KV<Long, Long>, Ticks.Mark> {
  private static final long serialVersionUID = 1L;

  /** How many each split may give for now. */
  static final AtomicLong ALLOWED = new AtomicLong(Long.MAX_VALUE);

  /** How many of each split were finalized, by source and split. */
  static final ConcurrentMap<String, Long> FINALIZED = new ConcurrentHashMap<>();

  private final String name;
  private final int splits;
  private final long ticks;
  private final long split;
  private final boolean identified;

  /**
   * @param name of the source
   * @param splits how many splits
   * @param ticks of each
   */
  Ticks(String name, int splits, long ticks) {
    this(name, splits, ticks, 0, false);
  }

  private Ticks(String name, int splits, long ticks, long split, boolean identified) {
    this.name = name;
    this.splits = splits;
    this.ticks = ticks;
    this.split = split;
    this.identified = identified;
  }

  /** The same with record ids, by which elements are deduplicated. */
  Ticks identified() {
    return new Ticks(name, splits, ticks, split, true);
  }

  @Override
  public boolean requiresDeduping() {
    return identified;
  }

  /** How many were read of a split. */
  record Mark(String split, long read) implements UnboundedSource.CheckpointMark, Serializable {
    @Override
    public void finalizeCheckpoint() {
      FINALIZED.merge(split, read, Math::max);
    }
  }

  @Override
  public List<Ticks> split(int desiredNumSplits, PipelineOptions options) {
    List<Ticks> all = new ArrayList<>();
    for (int i = 0; i < splits; i++) {
      all.add(new Ticks(name, splits, ticks, i, identified));
    }
    return all;
  }

  @Override
  public UnboundedReader<KV<Long, Long>> createReader(
      PipelineOptions options, @Nullable Mark mark) {
    long from = mark == null ? 0 : mark.read();
    long finalized = FINALIZED.getOrDefault(name + split, 0L);
    if (finalized > from) {
      throw new IllegalStateException(
          "split " + split + " is read from " + from + ", was finalized up to " + finalized);
    }
    return new Reader(from);
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
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (read == ticks || read >= ALLOWED.get()) {
        return false;
      }
      read++;
      return true;
    }

    @Override
    public KV<Long, Long> getCurrent() {
      return KV.of(split, read - 1);
    }

    @Override
    public byte[] getCurrentRecordId() {
      return (split + ":" + read).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Instant getCurrentTimestamp() {
      return Instant.ofEpochMilli(read - 1);
    }

    @Override
    public Instant getWatermark() {
      if (read == ticks && ALLOWED.get() > ticks) {
        return BoundedWindow.TIMESTAMP_MAX_VALUE;
      }
      return read == 0 ? BoundedWindow.TIMESTAMP_MIN_VALUE : getCurrentTimestamp();
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return new Mark(name + split, read);
    }

    @Override
    public UnboundedSource<KV<Long, Long>, ?> getCurrentSource() {
      return Ticks.this;
    }

    @Override
    public void close() {}
  }
}
