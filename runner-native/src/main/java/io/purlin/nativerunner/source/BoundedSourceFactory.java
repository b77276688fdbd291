package io.purlin.nativerunner.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    List<? extends BoundedSource<?>> splits = source.split(splitBytes(context), context.options());
    if (context.checkpointed()) {
      splits.forEach(each -> StoredSplit.check(each, BoundedSource.class, context.stepName()));
    }
    return readers(BoundedSplits.of(splits), context);
  }

  /** The splits are those of the first run. */
  @Override
  public List<SourceReader> createReaders(SourceContext context, List<byte[]> positions)
      throws IOException {
    return readers(BoundedSplits.at(positions, context.stepName()), context);
  }

  private static List<SourceReader> readers(BoundedSplits splits, SourceContext context) {
    List<SourceReader> readers = new ArrayList<>();
    for (int task = 0; task < context.parallelism(); task++) {
      readers.add(new BoundedReader(splits, task == 0, context.options()));
    }
    return readers;
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
