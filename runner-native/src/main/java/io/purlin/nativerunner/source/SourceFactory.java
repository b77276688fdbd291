package io.purlin.nativerunner.source;

/**
 * Makes the readers of one source. {@link #createReaders} is called once, before the job starts.
 */
public interface SourceFactory {
  /**
   * Splits the source and makes one reader for each parallel task, not yet opened.
   *
   * @param context what the readers may use
   * @return as many readers as {@code context.parallelism()}; one without splits is done at once
   */
  java.util.List<SourceReader> createReaders(SourceContext context) throws Exception;
}
