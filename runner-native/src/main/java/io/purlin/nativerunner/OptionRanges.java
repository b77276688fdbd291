package io.purlin.nativerunner;

import io.purlin.nativerunner.plan.draw.PlanFormat;
import io.purlin.nativerunner.progress.Progress;
import io.purlin.sdk.CheckpointOptions;
import io.purlin.sdk.NativePipelineOptions;
import io.purlin.state.cold.RocksDbPreset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks that options are in their ranges. */
final class OptionRanges {
  private static final List<String> PRESETS =
      Stream.of(RocksDbPreset.values()).map(RocksDbPreset::optionName).toList();

  private final List<String> wrong = new ArrayList<>();

  private OptionRanges() {}

  /**
   * Checks all options of the runner.
   *
   * @throws IllegalArgumentException naming every option that is out of range, its value and its
   *     range
   */
  static void check(NativePipelineOptions options) {
    OptionRanges ranges = new OptionRanges();
    ranges.within("maxParallelism", options.getMaxParallelism(), 1, 32_768);
    ranges.within("parallelism", options.getParallelism(), 1, options.getMaxParallelism());
    ranges.within("maxBundleSize", options.getMaxBundleSize(), 1, Long.MAX_VALUE);
    ranges.within("maxBundleTimeMills", options.getMaxBundleTimeMills(), 1, Long.MAX_VALUE);
    ranges.within("bufferTimeoutMillis", options.getBufferTimeoutMillis(), 0, Long.MAX_VALUE);
    ranges.within("buffersPerChannel", options.getBuffersPerChannel(), 1, 1024);
    ranges.within("autoWatermarkInterval", options.getAutoWatermarkInterval(), 0, Long.MAX_VALUE);
    ranges.oneOf("stateBackend", options.getStateBackend(), List.of("heap", "rocksdb"));
    ranges.within("stateMemory", options.getStateMemory(), 1, Long.MAX_VALUE);
    ranges.within("managedMemory", options.getManagedMemory(), 1 << 20, Long.MAX_VALUE);
    ranges.oneOf("rocksdbPreset", options.getRocksdbPreset(), PRESETS);
    ranges.oneOf("explainFormat", options.getExplainFormat(), PlanFormat.optionNames());
    ranges.oneOf("progress", options.getProgress(), Progress.VALUES);
    ranges.checkCheckpoints(options);
    if (!ranges.wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", ranges.wrong));
    }
  }

  private void oneOf(String name, String value, List<String> choices) {
    if (!choices.contains(value)) {
      wrong.add("--" + name + "=" + value + " must be one of " + String.join(", ", choices));
    }
  }

  private void checkCheckpoints(CheckpointOptions options) {
    String resume = options.getResume();
    boolean named =
        !resume.equals(CheckpointOptions.RESUME_AUTO)
            && !resume.equals(CheckpointOptions.RESUME_NEVER);
    if (named && !Files.isDirectory(Path.of(resume))) {
      wrong.add("--resume=" + resume + " must be auto, never, or a directory");
    }
    within("checkpointingInterval", options.getCheckpointingInterval(), -1, Long.MAX_VALUE);
    within("numRetainedCheckpoints", options.getNumRetainedCheckpoints(), 1, Integer.MAX_VALUE);
    within("checkpointTimeoutMillis", options.getCheckpointTimeoutMillis(), 1, Long.MAX_VALUE);
    within(
        "minPauseBetweenCheckpoints", options.getMinPauseBetweenCheckpoints(), 0, Long.MAX_VALUE);
    within(
        "tolerableFailedCheckpoints", options.getTolerableFailedCheckpoints(), 0, Long.MAX_VALUE);
    within("restartAttempts", options.getRestartAttempts(), 1, Long.MAX_VALUE);
    within("restartDelayMillis", options.getRestartDelayMillis(), 0, Long.MAX_VALUE);
    within(
        "restartMaxDelayMillis",
        options.getRestartMaxDelayMillis(),
        options.getRestartDelayMillis(),
        Long.MAX_VALUE);
    within("restartIntervalMillis", options.getRestartIntervalMillis(), 1, Long.MAX_VALUE);
  }

  private void within(String name, long value, long least, long most) {
    if (value < least || value > most) {
      String range = most == Long.MAX_VALUE ? "at least " + least : "from " + least + " to " + most;
      wrong.add("--" + name + "=" + value + " is out of range: it must be " + range);
    }
  }
}
