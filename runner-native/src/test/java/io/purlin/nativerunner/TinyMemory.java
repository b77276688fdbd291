package io.purlin.nativerunner;

import io.purlin.state.StateMemory;
import io.purlin.state.cold.ColdSettings;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.RocksDbPreset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A heap that has no room for a single cell: each is put away as soon as nobody uses it. */
public final class TinyMemory implements Supplier<StateMemory>, AutoCloseable {
  private final ColdStore store;

  /**
   * @param directory for what is put away
   */
  public TinyMemory(Path directory) {
    store = new ColdStore(new ColdSettings(directory, 8 << 20, RocksDbPreset.LOW_MEMORY));
  }

  @Override
  public StateMemory get() {
    return StateMemory.limited(1, store);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
