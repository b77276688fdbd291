package io.purlin.nativerunner.source;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.BoundedSource;

/**
 * Reads a bounded source: it is split into several splits for each task, which the tasks take one
 * by one, so that one with small splits takes more of them.
 */
public final class BoundedSourceFactory implements SourceFactory {
  private static final int SPLITS_PER_TASK = 4;

  private final BoundedSource<?> source;

  /** A factory of readers of the given source. */
  public BoundedSourceFactory(BoundedSource<?> source) {
    this.source = source;
  }

  @Override
  public List<SourceReader> createReaders(SourceContext context) throws Exception {
    source.validate();
    long splits = context.parallelism() == 1 ? 1 : SPLITS_PER_TASK * (long) context.parallelism();
    long bytes = Math.max(1, source.getEstimatedSizeBytes(context.options()) / splits);
    Queue<BoundedSource<?>> open =
        new ConcurrentLinkedQueue<>(source.split(bytes, context.options()));
    return Stream.<SourceReader>generate(() -> new BoundedReader(open, context.options()))
        .limit(context.parallelism())
        .toList();
  }
}
