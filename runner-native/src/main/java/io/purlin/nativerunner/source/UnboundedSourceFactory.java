package io.purlin.nativerunner.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.UnboundedSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads an unbounded source: it is split once, and its splits are dealt out to the tasks in turn.
 * One that may give a record again emits pairs of a record's id, as Latin-1 text, and the record.
 *
 * <p>It may be read as a bounded one: so many records, for so long. All splits are read in turn and
 * not one after another, so that the time is that of the whole read.
 */
public final class UnboundedSourceFactory implements SourceFactory {
  /** As many splits as Beam makes for a number of records: a small one may be in any of them. */
  private static final long RECORDS_OF_SPLIT = 10_000;

  private static final long MOST_SPLITS = 100;

  private final UnboundedSource<?, ?> source;
  private final long maxRecords;
  private final long maxMillis;

  /** A factory of readers of the given source. */
  public UnboundedSourceFactory(UnboundedSource<?, ?> source) {
    this(source, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * A factory of readers of the given source that end.
   *
   * @param maxRecords how many records are read at most; {@link Long#MAX_VALUE}: any number
   * @param maxMillis for how many milliseconds at most; {@link Long#MAX_VALUE}: for ever
   */
  public UnboundedSourceFactory(UnboundedSource<?, ?> source, long maxRecords, long maxMillis) {
    this.source = source;
    this.maxRecords = maxRecords;
    this.maxMillis = maxMillis;
  }

  @Override
  public List<SourceReader> createReaders(SourceContext context) throws Exception {
    source.validate();
    int wanted =
        maxRecords == Long.MAX_VALUE
            ? context.parallelism()
            : (int) Math.min(MOST_SPLITS, maxRecords / RECORDS_OF_SPLIT + 1);
    List<? extends UnboundedSource<?, ?>> parts = source.split(wanted, context.options());
    List<UnboundedSplit<?, ?>> splits = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (context.checkpointed()) {
        StoredSplit.check(parts.get(i), UnboundedSource.class, context.stepName());
      }
      splits.add(new UnboundedSplit<>(parts.get(i), limit(i, parts.size()), context.clock()));
    }
    return deal(splits, context);
  }

  private @Nullable ReadLimit limit(int part, int parts) {
    if (maxRecords == Long.MAX_VALUE && maxMillis == Long.MAX_VALUE) {
      return null;
    }
    if (maxRecords == Long.MAX_VALUE) {
      return new ReadLimit(maxRecords, maxMillis);
    }
    long more = part < maxRecords % parts ? 1 : 0;
    return new ReadLimit(maxRecords / parts + more, maxMillis);
  }

  /** The splits are those of the first run, also when there are more or fewer readers now. */
  @Override
  public List<SourceReader> createReaders(SourceContext context, List<byte[]> positions)
      throws Exception {
    List<UnboundedSplit<?, ?>> splits = new ArrayList<>();
    for (byte[] position : positions) {
      splits.add(UnboundedSplit.at(position, context.clock(), context.stepName()));
    }
    return deal(splits, context);
  }

  private static List<SourceReader> deal(List<UnboundedSplit<?, ?>> splits, SourceContext context) {
    List<List<UnboundedSplit<?, ?>>> dealt = new ArrayList<>();
    for (int task = 0; task < context.parallelism(); task++) {
      dealt.add(new ArrayList<>());
    }
    int next = 0;
    for (UnboundedSplit<?, ?> split : splits) {
      dealt.get(next++ % dealt.size()).add(split);
    }
    return dealt.stream().<SourceReader>map(each -> new UnboundedReader(each, context)).toList();
  }
}
