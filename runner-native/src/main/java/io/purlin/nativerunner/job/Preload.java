package io.purlin.nativerunner.job;

import io.purlin.state.cold.ColdStore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;

/**
 * Loads what every start needs and what takes long to load, beside the thread that builds and
 * translates the pipeline: that one is alone, and a restart waits for it.
 *
 * <p>Nobody waits for this and nothing depends on it: who comes earlier loads it, and who comes
 * later meets the same failure and tells of it. Any thread may begin it; it is done once in a
 * process.
 */
public final class Preload {
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private Preload() {}

  /**
   * Begins, if nobody has. Returns at once.
   *
   * @param rocksDb whether the job keeps state in RocksDB
   */
  public static void begin(boolean rocksDb) {
    if (BEGUN.getAndSet(true)) {
      return;
    }
    Thread loader = new Thread(() -> load(rocksDb), "purlin preload");
    loader.setUncaughtExceptionHandler((thread, failure) -> {});
    loader.setDaemon(true);
    loader.start();
  }

  private static void load(boolean rocksDb) {
    if (rocksDb) {
      ColdStore.loadLibrary();
    }
    // The library that makes the invokers of all DoFns.
    DoFnInvokers.invokerFor(new Nothing());
  }

  /** A DoFn as simple as can be. */
  static final class Nothing extends DoFn<Integer, Integer> {
    @ProcessElement
    public void process() {}
  }
}
