package io.purlin.nativerunner.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.UnboundedSource;

/**
 * Reads an unbounded source: it is split once, and its splits are dealt out to the tasks in turn.
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
    List<List<UnboundedSource<?, ?>>> dealt = new ArrayList<>();
    for (int task = 0; task < context.parallelism(); task++) {
      dealt.add(new ArrayList<>());
    }
    int next = 0;
    for (UnboundedSource<?, ?> split : source.split(context.parallelism(), context.options())) {
      dealt.get(next++ % dealt.size()).add(split);
    }
    List<SourceReader> readers = new ArrayList<>();
    for (List<UnboundedSource<?, ?>> splits : dealt) {
      readers.add(new UnboundedReader(splits, context));
    }
    return readers;
  }
}
