package io.purlin.nativerunner.job;

import io.purlin.state.cold.ColdStore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.beam.model.pipeline.v1.MetricsApi;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.util.SerializableUtils;

/**
 * Loads what every start needs and what takes long to load, beside the thread that parses options,
 * builds and translates the pipeline: that one is alone, and a restart waits for it.
 *
 * <p>Nobody waits for this and nothing depends on it: who comes earlier loads it, and who comes
 * later meets the same failure and tells of it. Any thread may begin it; each is done once in a
 * process.
 */
public final class Preload {
  private static final AtomicBoolean BEAM = new AtomicBoolean();
  private static final AtomicBoolean ROCKS_DB = new AtomicBoolean();

  private Preload() {}

  /**
   * Begins with what a pipeline needs on any runner, if nobody has. Returns at once.
   *
   * <p>It may be called while Beam's classes are being initialised. So nothing is loaded here that
   * asks for options: two threads would wait for one another.
   */
  public static void beam() {
    begin(BEAM, "purlin preload", Preload::loadBeam);
  }

  /** Begins with RocksDB, if nobody has. Returns at once. */
  public static void rocksDb() {
    begin(ROCKS_DB, "purlin preload rocksdb", ColdStore::loadLibrary);
  }

  private static void begin(AtomicBoolean begun, String name, Runnable load) {
    if (begun.getAndSet(true)) {
      return;
    }
    Thread loader = new Thread(load, name);
    loader.setUncaughtExceptionHandler((thread, failure) -> {});
    loader.setDaemon(true);
    loader.start();
  }

  private static void loadBeam() {
    // Descriptions of all protocol messages: resource hints of a pipeline ask for one of them.
    RunnerApi.getDescriptor();
    // The library that makes the invokers of all DoFns.
    DoFnInvokers.invokerFor(new Nothing());
    // The native library through which DoFns are copied.
    SerializableUtils.clone(new Nothing());
    MetricsApi.getDescriptor();
  }

  /** A DoFn as simple as can be. */
  static final class Nothing extends DoFn<Integer, Integer> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process() {}
  }
}
