package io.purlin.nativerunner;

import io.purlin.sdk.NativePipelineOptions;
import io.purlin.state.StateMemory;
import io.purlin.state.cold.ColdSettings;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.RocksDbPreset;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;

/** Where keyed state is, by the options. Stateless. */
final class StateBackend {
  private StateBackend() {}

  /** Makes the place for the state of each attempt to run a job. */
  static Supplier<StateMemory> of(NativePipelineOptions options) {
    if (options.getStateBackend().equals("heap")) {
      return StateMemory::unlimited;
    }
    ColdSettings settings =
        new ColdSettings(
            Path.of(
                Objects.requireNonNullElseGet(
                    options.getStateDir(), () -> System.getProperty("java.io.tmpdir"))),
            options.getManagedMemory(),
            RocksDbPreset.of(options.getRocksdbPreset()));
    long limitBytes = options.getStateMemory();
    return () -> StateMemory.limited(limitBytes, new ColdStore(settings));
  }
}
