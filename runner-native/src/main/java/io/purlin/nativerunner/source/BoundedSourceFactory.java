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

  /** Size of a split when the source does not know its own, in bytes. */
  private static final long UNKNOWN_SIZE_SPLIT_BYTES = 64L << 20;

  private final BoundedSource<?> source;

  /** A factory of readers of the given source. */
  public BoundedSourceFactory(BoundedSource<?> source) {
    this.source = source;
  }

  @Override
  public List<SourceReader> createReaders(SourceContext context) throws Exception {
    source.validate();
    Queue<BoundedSource<?>> open =
        new ConcurrentLinkedQueue<>(source.split(splitBytes(context), context.options()));
    return Stream.<SourceReader>generate(() -> new BoundedReader(open, context.options()))
        .limit(context.parallelism())
        .toList();
  }

  private long splitBytes(SourceContext context) throws Exception {
    long bytes = source.getEstimatedSizeBytes(context.options());
    if (bytes <= 0) {
      return UNKNOWN_SIZE_SPLIT_BYTES;
    }
    long splits = context.parallelism() == 1 ? 1 : SPLITS_PER_TASK * (long) context.parallelism();
    return bytes / splits + 1;
  }
}
