package io.purlin.conformance.nexmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** A way to run a query. */
enum NexmarkSetting {
  P1(false, "--parallelism=1"),
  P4(false, "--parallelism=4"),
  P1_STREAMING(true, "--parallelism=1"),
  P4_STREAMING(true, "--parallelism=4"),
  P1_ROCKSDB(false, "--parallelism=1", "--stateBackend=rocksdb", NexmarkSetting.LITTLE_HEAP),
  P4_ROCKSDB(false, "--parallelism=4", "--stateBackend=rocksdb", NexmarkSetting.LITTLE_HEAP),
  P1_STREAMING_ROCKSDB(
      true, "--parallelism=1", "--stateBackend=rocksdb", NexmarkSetting.LITTLE_HEAP),
  P4_STREAMING_ROCKSDB(
      true, "--parallelism=4", "--stateBackend=rocksdb", NexmarkSetting.LITTLE_HEAP),
  P4_BUNDLES(false, "--parallelism=4", "--maxBundleSize=1");

  /** Room for next to nothing of a query's state, but for a hot key's. */
  private static final String LITTLE_HEAP = "--stateMemory=1000000";

  /** Those that the tests take. */
  static final List<NexmarkSetting> ON_HEAP = List.of(P1, P1_STREAMING, P4, P4_STREAMING);

  private final boolean unbounded;
  private final String options;

  NexmarkSetting(boolean unbounded, String... options) {
    this.unbounded = unbounded;
    this.options = String.join(" ", options);
  }

  /** Whether the events come from an unbounded source; the job then takes checkpoints. */
  boolean isUnbounded() {
    return unbounded;
  }

  /**
   * The options of a run.
   *
   * @param checkpoints an empty directory
   */
  PipelineOptions options(Path checkpoints) {
    List<String> all = new ArrayList<>(List.of(options.split(" ")));
    all.add("--runner=NativeRunner");
    all.add("--checkpointDir=" + checkpoints);
    return PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).create();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
