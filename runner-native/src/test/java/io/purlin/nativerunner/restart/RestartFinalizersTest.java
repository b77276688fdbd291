package io.purlin.nativerunner.restart;

import static io.purlin.nativerunner.restart.Disturbed.TICKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundle finalizers run when a checkpoint has made the bundle final, and not before. */
class RestartFinalizersTest {
  private static final Set<KV<Long, Long>> FINAL = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void nothingIsFinal() {
    FINAL.clear();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsFinalIsNotDoneAgain(long seed) {
    new Disturbed(
            pipeline ->
                pipeline
                    .apply(Read.from(new Ticks("ticks", 2, TICKS)))
                    .apply("Before", ParDo.of(new Finalizes()))
                    .apply(Reshuffle.viaRandomKey())
                    .apply(ParDo.of(new Outputs<>("ticks"))))
        .disturbed(seed, 1, 3, 2);
    assertThat(FINAL)
        .as("the last bundles are final at the end of the job, seed " + seed)
        .contains(KV.of(0L, TICKS - 1), KV.of(1L, TICKS - 1));
  }

  static final class Finalizes extends DoFn<KV<Long, Long>, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Long, Long> tick,
        BundleFinalizer finalizer,
        OutputReceiver<KV<Long, Long>> out) {
      if (FINAL.contains(tick)) {
        throw new IllegalStateException(tick + " was final before");
      }
      finalizer.afterBundleCommit(BoundedWindow.TIMESTAMP_MAX_VALUE, () -> FINAL.add(tick));
      out.output(tick);
    }
  }
}
