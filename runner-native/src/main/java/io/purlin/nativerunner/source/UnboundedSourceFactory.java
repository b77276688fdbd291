package io.purlin.nativerunner.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.UnboundedSource;

/**
 * Reads an unbounded source: it is split once, and its splits are dealt out to the tasks in turn.
 * One that may give a record again emits pairs of a record's id, as Latin-1 text, and the record.
 */
public final class UnboundedSourceFactory implements SourceFactory {
  private final UnboundedSource<?, ?> source;

  /** A factory of readers of the given source. */
  public UnboundedSourceFactory(UnboundedSource<?, ?> source) {
    this.source = source;
  }

  @Override
  public List<SourceReader> createReaders(SourceContext context) throws Exception {
    source.validate();
    List<UnboundedSplit<?, ?>> splits = new ArrayList<>();
    for (UnboundedSource<?, ?> split : source.split(context.parallelism(), context.options())) {
      splits.add(new UnboundedSplit<>(split));
    }
    return deal(splits, context);
  }

  /** The splits are those of the first run, also when there are more or fewer readers now. */
  @Override
  public List<SourceReader> createReaders(SourceContext context, List<byte[]> positions)
      throws Exception {
    List<UnboundedSplit<?, ?>> splits = new ArrayList<>();
    for (byte[] position : positions) {
      splits.add(UnboundedSplit.at(position));
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
