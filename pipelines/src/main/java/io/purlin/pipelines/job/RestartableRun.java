package io.purlin.pipelines.job;

import java.util.List;

/**
 * A run whose pipeline may just as well run in other processes, one after the other, each going on
 * where the one before was killed.
 */
public interface RestartableRun extends JobRun {
  /** Arguments that make another process read the same input and write the same outputs. */
  List<String> arguments();

  /** How many records the outputs have gained, those included that are not committed. */
  long written();

  /** Compares what was written with what should have been. */
  Summary check();
}
