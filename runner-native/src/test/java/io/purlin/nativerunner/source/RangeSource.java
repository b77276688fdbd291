package io.purlin.nativerunner.source;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** The integers from one up to another, eight bytes each; the timestamp of each is its value. */
final class RangeSource extends BoundedSource<Integer> {
  private static final long serialVersionUID = 1L;
  private static final int BYTES = 8;

  private final int from;
  private final int to;
  private final boolean sizeKnown;

  /** Readers that are open, shared by all splits. */
  private final transient List<Object> open;

  RangeSource(int from, int to, boolean sizeKnown) {
    this(from, to, sizeKnown, new ArrayList<>());
  }

  private RangeSource(int from, int to, boolean sizeKnown, List<Object> open) {
    this.from = from;
    this.to = to;
    this.sizeKnown = sizeKnown;
    this.open = open;
  }

  int openReaders() {
    return open.size();
  }

  @Override
  public List<RangeSource> split(long desiredBundleSizeBytes, PipelineOptions options) {
    int step = (int) Math.max(1, desiredBundleSizeBytes / BYTES);
    List<RangeSource> splits = new ArrayList<>();
    for (int at = from; at < to; at += step) {
      splits.add(new RangeSource(at, Math.min(to, at + step), sizeKnown, open));
    }
    return splits;
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) {
    return sizeKnown ? (long) BYTES * (to - from) : 0;
  }

  @Override
  public Coder<Integer> getOutputCoder() {
    return VarIntCoder.of();
  }

  @Override
  public BoundedReader<Integer> createReader(PipelineOptions options) {
    Reader reader = new Reader();
    open.add(reader);
    return reader;
  }

  private final class Reader extends BoundedReader<Integer> {
    private int at = from - 1;

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      at++;
      return at < to;
    }

    @Override
    public Integer getCurrent() throws NoSuchElementException {
      return at;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return Instant.ofEpochMilli(at);
    }

    @Override
    public @Nullable Double getFractionConsumed() {
      return sizeKnown ? (at - from + 1.0) / (to - from) : null;
    }

    @Override
    public BoundedSource<Integer> getCurrentSource() {
      return RangeSource.this;
    }

    @Override
    public void close() {
      open.remove(this);
    }
  }
}
