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

  /** Whether cells that find no room on the heap go to RocksDB. */
  static boolean isRocksDb(NativePipelineOptions options) {
    return options.getStateBackend().equals("rocksdb");
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
    if (!isRocksDb(options)) {
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
