package io.purlin.nativerunner.sideinput;

import java.util.Collection;
import org.apache.beam.runners.core.ReadyCheckingSideInputReader;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;

/** The side inputs of a job as the steps see them that read them. Safe for any thread. */
public interface JobSideInputs extends ReadyCheckingSideInputReader {
  /**
   * A task of a step that reads views; known before the job's tasks begin.
   *
   * @param latenessMillis the allowed lateness of its main input
   */
  Reading reading(Collection<? extends PCollectionView<?>> views, long latenessMillis);

  /**
   * Whether a window of a view was dropped, because no element that may still ask for it can be in
   * time.
   */
  boolean isGone(PCollectionView<?> view, BoundedWindow window);
}
