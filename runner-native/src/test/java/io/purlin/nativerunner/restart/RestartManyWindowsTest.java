package io.purlin.nativerunner.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.state.StateMemory;
import io.purlin.state.cold.ColdCopy;
import io.purlin.state.cold.ColdSettings;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.RocksDbPreset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step comes to have more windows than a copy may name, beside one that goes on being copied. */
class RestartManyWindowsTest {
  private static final long TICKS = 11_000;
  private static final long JUST_FEW_ENOUGH = 9_900;
  private static final long TOO_MANY = 10_500;
  private static final long NONE = -1;
  private static final int BALLAST_BYTES = 500;

  @TempDir Path folder;

  @AfterEach
  void free() {
    Ticks.ALLOWED.set(Long.MAX_VALUE);
  }

  private static final class ToOne extends SimpleFunction<KV<Long, Long>, KV<Long, Long>> {
    @Override
    public KV<Long, Long> apply(KV<Long, Long> tick) {
      return KV.of(0L, tick.getValue());
    }
  }

  /** Notes the last element. Says when one is not the next, and in the end whether it has any. */
  static final class Notes extends DoFn<KV<Long, Long>, String> {
    @StateId("last")
    private final StateSpec<ValueState<Long>> lastSpec = StateSpecs.value(VarLongCoder.of());

    /** Much more than what else a window has, so that new windows are little beside the others. */
    @StateId("ballast")
    private final StateSpec<ValueState<byte[]>> ballastSpec = StateSpecs.value(ByteArrayCoder.of());

    @ProcessElement
    public void process(
        @Element KV<Long, Long> tick,
        @StateId("last") ValueState<Long> last,
        @StateId("ballast") ValueState<byte[]> ballast,
        BoundedWindow window,
        OutputReceiver<String> out) {
      Long before = last.read();
      if (window instanceof GlobalWindow && (before == null ? -1 : before) != tick.getValue() - 1) {
        out.output("after " + before + " came " + tick.getValue());
      }
      last.write(tick.getValue());
      ballast.write(new byte[BALLAST_BYTES]);
    }

    @OnWindowExpiration
    public void expire(@StateId("last") ValueState<Long> last, OutputReceiver<String> out) {
      out.output(last.read() == null ? "lost" : "kept");
    }
  }

  /** All at one time, so that those that are equal count as one. */
  private static final class AtStart extends DoFn<String, String> {
    @ProcessElement
    public void process(@Element String element, OutputReceiver<String> out) {
      out.outputWithTimestamp(element, Instant.EPOCH);
    }

    @Override
    @SuppressWarnings("deprecation") // an element may be moved back no other way
    public Duration getAllowedTimestampSkew() {
      return Duration.millis(Long.MAX_VALUE);
    }
  }

  private static void build(Pipeline pipeline) {
    PCollection<KV<Long, Long>> ticks =
        pipeline
            .apply(Read.from(new Ticks("ticks", 1, TICKS)))
            .apply("ToOne", MapElements.via(new ToOne()))
            .setCoder(KvCoder.of(VarLongCoder.of(), VarLongCoder.of()));
    ticks
        .apply("NotesOfAll", ParDo.of(new Notes()))
        .apply("OutAll", ParDo.of(new Outputs<>("all")));
    ticks
        .apply(
            Window.<KV<Long, Long>>into(FixedWindows.of(Duration.millis(1)))
                .withAllowedLateness(Duration.standardDays(1))
                .discardingFiredPanes())
        .apply("NotesOfWindows", ParDo.of(new Notes()))
        .apply(Window.into(new GlobalWindows()))
        .apply("SameTime", ParDo.of(new AtStart()))
        .apply("OutWindows", ParDo.of(new Outputs<>("windows")));
  }

  /** No cell stays on the heap. */
  private StateMemory tiny(@Nullable ColdCopy before) throws IOException {
    ColdSettings settings =
        new ColdSettings(folder.resolve("work"), 8 << 20, RocksDbPreset.LOW_MEMORY);
    return StateMemory.limited(
        1, before == null ? new ColdStore(settings) : ColdStore.of(settings, before));
  }

  @Test
  void whatIsNotCopiedAnyMoreIsNotLost() throws IOException {
    Map<String, Long> undisturbed = kept("undisturbed").runToEnd(null);
    assertThat(undisturbed.values()).contains(TICKS);

    Kept kept = kept("job");
    // Its last whole checkpoint is large, so that the next one is long in coming.
    kept.runTo(JUST_FEW_ENOUGH, null);
    kept.becomes(this::tiny, 1);
    AtomicLong first = new AtomicLong(NONE);
    kept.runTo(
        TOO_MANY,
        null,
        () -> {
          long copy = kept.copy();
          return copy != NONE && !first.compareAndSet(NONE, copy) && copy > first.get();
        });

    assertThat(kept.runToEnd(null)).isEqualTo(undisturbed);
  }

  private Kept kept(String name) {
    return new Kept(folder.resolve(name), RestartManyWindowsTest::build, null);
  }
}
