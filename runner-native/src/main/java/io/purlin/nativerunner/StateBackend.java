package io.purlin.nativerunner;

import io.purlin.nativerunner.job.JobSettings;
import io.purlin.sdk.NativePipelineOptions;
import io.purlin.state.StateMemory;
import io.purlin.state.cold.ColdSettings;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.RocksDbPreset;
import java.nio.file.Path;
import java.util.Objects;

/** Where keyed state is, by the options. Stateless. */
final class StateBackend {
  private StateBackend() {}

  /** Begins with what takes long, while the pipeline is translated. */
  static void prepare(NativePipelineOptions options) {
    if (options.getStateBackend().equals("rocksdb")) {
      ColdStore.prepare();
    }
  }

  /** Makes the place for the state of each attempt to run a job. */
  static JobSettings.Memory of(NativePipelineOptions options) {
    ColdSettings settings =
        new ColdSettings(
            Path.of(
                Objects.requireNonNullElseGet(
                    options.getStateDir(), () -> System.getProperty("java.io.tmpdir"))),
            options.getManagedMemory(),
            RocksDbPreset.of(options.getRocksdbPreset()));
    if (options.getStateBackend().equals("heap")) {
      return before ->
          before == null
              ? StateMemory.unlimited()
              : StateMemory.unlimited(ColdStore.of(settings, before));
    }
    long limitBytes = options.getStateMemory();
    return before ->
        StateMemory.limited(
            limitBytes, before == null ? new ColdStore(settings) : ColdStore.of(settings, before));
  }
}
