package io.purlin.nativerunner.source;

import java.util.List;

/**
 * Makes the readers of one source. One of its methods is called once, before the job starts; or one
 * for each time that the job is started again.
 */
public interface SourceFactory {
  /**
   * Splits the source and makes one reader for each parallel task, not yet opened.
   *
   * @param context what the readers may use
   * @return as many readers as {@code context.parallelism()}; one without splits is done at once
   */
  List<SourceReader> createReaders(SourceContext context) throws Exception;

  /**
   * Makes readers that read on from where those of an earlier run stood.
   *
   * @param context what the readers may use; its parallelism may be another than before
   * @param positions what {@link SourceReader#positions} gave, of all readers together
   * @return as many readers as {@code context.parallelism()}
   * @throws java.io.IOException when a position cannot be read
   */
  List<SourceReader> createReaders(SourceContext context, List<byte[]> positions) throws Exception;
}
