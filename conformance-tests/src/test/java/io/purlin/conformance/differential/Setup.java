package io.purlin.conformance.differential;

import io.purlin.nativerunner.NativeRunner;
import io.purlin.sdk.NativePipelineOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * A way in which the native runner runs a pipeline.
 *
 * @param parallelism tasks of a step
 * @param bundleSize elements of a bundle at most
 * @param chaining whether steps are chained
 * @param backend where state is; with {@code rocksdb} there is no room for it on the heap
 */
record Setup(int parallelism, long bundleSize, boolean chaining, String backend) {
  private static final long LARGE_BUNDLE = 1_000;

  /** All ways. */
  static List<Setup> all() {
    List<Setup> all = new ArrayList<>();
    for (String backend : List.of("heap", "rocksdb")) {
      for (boolean chaining : List.of(true, false)) {
        for (long bundleSize : List.of(LARGE_BUNDLE, 1L)) {
          for (int parallelism : List.of(1, 4)) {
            all.add(new Setup(parallelism, bundleSize, chaining, backend));
          }
        }
      }
    }
    return all;
  }

  /** The options of such a run. */
  NativePipelineOptions options() {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setParallelism(parallelism);
    options.setMaxBundleSize(bundleSize);
    options.setOperatorChaining(chaining);
    options.setStateBackend(backend);
    options.setStateMemory(1L);
    options.setCheckpointingInterval(0L);
    return options;
  }

  @Override
  public String toString() {
    return "--parallelism=%d --maxBundleSize=%d --operatorChaining=%b --stateBackend=%s"
        .formatted(parallelism, bundleSize, chaining, backend);
  }
}
