package io.purlin.nativerunner.operator.pardo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.invoke.CallPath;
import java.util.List;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DoFns without state, handed their elements both ways: results must be the same. */
class ParDoOperatorTest {
  private static final PaneInfo LATE =
      PaneInfo.createPane(false, false, PaneInfo.Timing.LATE, 2, 1);
  private static final Marks MARKS = new Marks("id", 7L, false);
  private static final IntervalWindow FIRST = window(0);
  private static final IntervalWindow SECOND = window(10);

  private final ParDoHarness harness = new ParDoHarness();

  private static IntervalWindow window(long start) {
    return new IntervalWindow(Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + 10));
  }

  private ParDoHarness open(DoFn<?, ?> fn, CallPath path) throws Exception {
    return harness.open(fn, VarLongCoder.of(), path);
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void outputKeepsAllMetadata(CallPath path) throws Exception {
    open(new Receiving(), path).element(1L, 5, LATE, MARKS, FIRST, SECOND);
    assertThat(harness.out)
        .containsExactly(
            "1 @5 [10, 20] LATE id/7/false",
            "2 @6 [10, 20] LATE id/7/false",
            "3 @7 [20] EARLY id/7/false",
            "4 @8 [10, 20] LATE new/9/false");
    assertThat(harness.current.step()).isEqualTo(3);
  }

  /** Emits in every way of an output receiver. */
  static final class Receiving extends DoFn<Long, Long> {
    @ProcessElement
    public void process(OutputReceiver<Long> out, @Element Long element) {
      out.output(element);
      out.outputWithTimestamp(element + 1, Instant.ofEpochMilli(6));
      out.outputWindowedValue(
          element + 2,
          Instant.ofEpochMilli(7),
          List.of(SECOND),
          PaneInfo.createPane(true, false, PaneInfo.Timing.EARLY));
      out.builder(element + 3)
          .setTimestamp(Instant.ofEpochMilli(8))
          .setRecordId("new")
          .setRecordOffset(9L)
          .output();
    }
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void contextGivesAndTakesEverything(CallPath path) throws Exception {
    open(new Contextual(), path).element(1L, 5, LATE, MARKS, FIRST);
    assertThat(harness.out)
        .containsExactly(
            "1 @5 [10] LATE id/7/false",
            "1 5 LATE id 7 @6 [10] LATE id/7/false",
            "side:s @5 [10] LATE id/7/false",
            "side:t @7 [10] LATE id/7/false",
            "side:u @8 [20] id/7/false");
  }

  /** Asks its context for everything and emits in every way that it has. */
  static final class Contextual extends DoFn<Long, Object> {
    @ProcessElement
    public void process(ProcessContext c) {
      c.output(c.element());
      String all =
          c.element()
              + " "
              + c.timestamp().getMillis()
              + " "
              + c.pane().getTiming()
              + " "
              + c.currentRecordId()
              + " "
              + c.currentRecordOffset();
      c.outputWithTimestamp(all, Instant.ofEpochMilli(6));
      c.output(ParDoHarness.SIDE, "s");
      c.outputWithTimestamp(ParDoHarness.SIDE, "t", Instant.ofEpochMilli(7));
      c.outputWindowedValue(
          ParDoHarness.SIDE, "u", Instant.ofEpochMilli(8), List.of(SECOND), PaneInfo.NO_FIRING);
    }
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void givesSimpleParametersForEachWindow(CallPath path) throws Exception {
    open(new Asking(), path).element(1L, 5, LATE, Marks.NONE, FIRST, SECOND);
    assertThat(harness.out)
        .containsExactly(
            "1 5 10 LATE true @5 [10] LATE",
            "side:1 @5 [10] LATE",
            "1 5 20 LATE true @5 [20] LATE",
            "side:1 @5 [20] LATE");
  }

  /** Asks for the simple parameters. */
  static final class Asking extends DoFn<Long, String> {
    @ProcessElement
    public void process(
        @Timestamp Instant time,
        MultiOutputReceiver out,
        IntervalWindow window,
        @Element Long element,
        PaneInfo pane,
        PipelineOptions options) {
      out.get(ParDoHarness.MAIN)
          .output(
              element
                  + " "
                  + time.getMillis()
                  + " "
                  + window.end().getMillis()
                  + " "
                  + pane.getTiming()
                  + " "
                  + (options != null));
      out.get(ParDoHarness.SIDE).output(element);
    }
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void nullsPass(CallPath path) throws Exception {
    open(new Receiver(), path).element(null, 5);
    assertThat(harness.isDirect()).isEqualTo(path == CallPath.DIRECT);
    assertThat(harness.out).containsExactly("null @5");
  }

  /** Passes everything on; a private class. */
  private static final class Receiver extends DoFn<Long, Long> {
    @ProcessElement
    public void process(@Element Long element, OutputReceiver<Long> out) {
      out.output(element);
    }
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void inheritedGenericMethodIsCalled(CallPath path) throws Exception {
    open(new Inheriting(), path).element(4L, 5);
    assertThat(harness.out).containsExactly("8 @5");
  }

  /** A generic DoFn. */
  abstract static class Generic<T> extends DoFn<T, T> {
    abstract T change(T element);

    @ProcessElement
    public void process(@Element T element, OutputReceiver<T> out) {
      out.output(change(element));
    }
  }

  private static final class Inheriting extends Generic<Long> {
    @Override
    Long change(Long element) {
      return element * 2;
    }
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void timestampsOutOfBoundsAreRefused(CallPath path) throws Exception {
    open(new Shifting(Duration.ZERO), path).element(0L, 100);
    assertThatThrownBy(() -> harness.element(-1L, 100))
        .isInstanceOf(UserCodeException.class)
        .cause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot output with timestamp");
    assertThat(harness.out).containsExactly("0 @100");
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void skewAllowsEarlierTimestamps(CallPath path) throws Exception {
    open(new Shifting(Duration.millis(10)), path).element(-10L, 100);
    assertThat(harness.out).containsExactly("-10 @90");
    assertThatThrownBy(() -> harness.element(-11L, 100)).hasMessageContaining("allowed skew");
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void endlessSkewAllowsAll(CallPath path) throws Exception {
    open(new Shifting(Duration.millis(Long.MAX_VALUE)), path).element(-1000L, 100);
    assertThat(harness.out).containsExactly("-1000 @-900");
  }

  /** Shifts timestamps by the element. */
  static final class Shifting extends DoFn<Long, Long> {
    private final Duration skew;

    Shifting(Duration skew) {
      this.skew = skew;
    }

    @Override
    public Duration getAllowedTimestampSkew() {
      return skew;
    }

    @ProcessElement
    public void process(@Element Long element, @Timestamp Instant time, OutputReceiver<Long> out) {
      out.outputWithTimestamp(element, time.plus(Duration.millis(element)));
    }
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void failuresAreWrapped(CallPath path) throws Exception {
    open(new Failing(), path);
    assertThatThrownBy(() -> harness.element(1L, 0))
        .isInstanceOf(UserCodeException.class)
        .hasRootCauseMessage("process 1");
  }

  static final class Failing extends DoFn<Long, Long> {
    @ProcessElement
    public void process(@Element Long element) throws Exception {
      if (element > 0) {
        throw new Exception("process " + element);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void unknownTagIsRefused(CallPath path) throws Exception {
    open(new Mistagging(), path);
    assertThatThrownBy(() -> harness.element(1L, 0)).hasMessageContaining("Unknown output tag");
  }

  static final class Mistagging extends DoFn<Long, Long> {
    @ProcessElement
    public void process(ProcessContext c) {
      c.output(new TupleTag<>("nowhere"), 1L);
    }
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void bundleMethodsRunAndEmit(CallPath path) throws Exception {
    open(new Counting(), path).element(1L, 5).element(1L, 6).finish().element(1L, 7).finish();
    assertThat(harness.out).containsExactly("2 @50", "side:2 @51 [10]", "1 @50", "side:1 @51 [10]");
    assertThat(harness.callbacks).hasSize(4);
  }

  /** Emits the size of each bundle at its end. */
  static final class Counting extends DoFn<Long, Long> {
    private long count;

    @StartBundle
    public void start(PipelineOptions options, BundleFinalizer finalizer) {
      count = options == null ? -1 : 0;
      finalizer.afterBundleCommit(Instant.ofEpochMilli(0), () -> {});
    }

    @ProcessElement
    public void process(@Element Long element) {
      count += element;
    }

    @FinishBundle
    public void finish(FinishBundleContext c, BundleFinalizer finalizer) {
      c.output(count, Instant.ofEpochMilli(50), GlobalWindow.INSTANCE);
      c.output(ParDoHarness.SIDE, count, Instant.ofEpochMilli(51), FIRST);
      finalizer.afterBundleCommit(Instant.ofEpochMilli(0), () -> {});
    }
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void watermarkPasses(CallPath path) throws Exception {
    open(new Receiver(), path).advance(5);
    assertThat(harness.watermark).isEqualTo(5);
    harness.advanceToEnd();
    assertThat(harness.watermark).isEqualTo(BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis());
  }
}
