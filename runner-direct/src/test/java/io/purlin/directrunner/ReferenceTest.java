package io.purlin.directrunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.Timing;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  private static final Duration TEN = Duration.millis(10);

  @Test
  void capturesValueTimestampAndEveryWindow() {
    CapturedOutputs outputs =
        Reference.run(
            (pipeline, session) ->
                pipeline
                    .apply(Create.timestamped(TimestampedValue.of("a", Instant.ofEpochMilli(12))))
                    .apply(Window.into(SlidingWindows.of(Duration.millis(20)).every(TEN)))
                    .apply(session.capture("slices")));
    assertThat(outputs.of("slices"))
        .containsExactlyInAnyOrder(
            new CanonicalElement("a", 12, window(0, 20), PaneInfo.NO_FIRING),
            new CanonicalElement("a", 12, window(10, 30), PaneInfo.NO_FIRING));
  }

  @Test
  void capturesPanesAndGroupsWithoutOrder() {
    CapturedOutputs outputs =
        Reference.run(
            (pipeline, session) ->
                pipeline
                    .apply(
                        TestStream.create(StringUtf8Coder.of())
                            .addElements(
                                TimestampedValue.of("x", Instant.ofEpochMilli(1)),
                                TimestampedValue.of("x", Instant.ofEpochMilli(2)))
                            .advanceWatermarkTo(Instant.ofEpochMilli(10))
                            .advanceWatermarkToInfinity())
                    .apply(
                        Window.<String>into(FixedWindows.of(TEN))
                            .triggering(
                                AfterWatermark.pastEndOfWindow()
                                    .withEarlyFirings(AfterPane.elementCountAtLeast(2)))
                            .withAllowedLateness(Duration.ZERO)
                            .accumulatingFiredPanes())
                    .apply(ParDo.of(new PairWithLength()))
                    .apply(GroupByKey.create())
                    .apply(session.capture("groups")));
    Object group = List.of("x", Map.of(1, 2));
    assertThat(outputs.of("groups"))
        .containsExactlyInAnyOrder(
            new CanonicalElement(
                group, 9, window(0, 10), PaneInfo.createPane(true, false, Timing.EARLY, 0, -1)),
            new CanonicalElement(
                group, 9, window(0, 10), PaneInfo.createPane(false, true, Timing.ON_TIME, 1, 0)));
    assertThat(outputs.withoutPanes().of("groups"))
        .extracting(CanonicalElement::pane)
        .containsOnly(PaneInfo.NO_FIRING);
  }

  @Test
  void aCollectionWithoutElementsIsThereAndEmpty() {
    CapturedOutputs outputs =
        Reference.run(
            (pipeline, session) ->
                pipeline.apply(Create.empty(VarIntCoder.of())).apply(session.capture("none")));
    assertThat(outputs.of("none")).isEmpty();
    assertThatThrownBy(() -> outputs.of("other")).hasMessageContaining("other", "none");
  }

  @Test
  void aStepThatChangesItsElementIsCaught() {
    Program changes =
        (pipeline, session) ->
            pipeline
                .apply(Create.of(new byte[] {1}).withCoder(ByteArrayCoder.of()))
                .apply(ParDo.of(new ChangeInPlace()))
                .apply(session.capture("changed"));
    assertThatThrownBy(() -> Reference.run(changes)).hasMessageContaining("mutate");
  }

  @Test
  void oneNameIsForOneCollection() {
    try (CaptureSession session = CaptureSession.open()) {
      session.capture("a");
      assertThatThrownBy(() -> session.capture("a")).hasMessageContaining("a");
    }
  }

  @Test
  void differencesNameWhatIsMissingAndWhatIsTooMany() {
    CapturedOutputs expected = outputs("a", "b", "b");
    assertThat(expected.differences(outputs("b", "a", "b"))).isEmpty();
    assertThat(expected.differences(outputs("b", "c")))
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith("o: missing 1 of a @7"))
        .anySatisfy(line -> assertThat(line).startsWith("o: missing 1 of b @7"))
        .anySatisfy(line -> assertThat(line).startsWith("o: too many 1 of c @7"));
    assertThat(expected.differences(new CapturedOutputs(Map.of()))).hasSize(2);
  }

  private static CapturedOutputs outputs(String... values) {
    List<CanonicalElement> elements =
        List.of(values).stream()
            .map(v -> new CanonicalElement(v, 7, GlobalWindow.INSTANCE, PaneInfo.NO_FIRING))
            .toList();
    return new CapturedOutputs(Map.of("o", elements));
  }

  private static IntervalWindow window(long start, long end) {
    return new IntervalWindow(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end));
  }

  /** Pairs a string with its length. */
  private static final class PairWithLength extends DoFn<String, KV<String, Integer>> {
    @ProcessElement
    public void pair(@Element String word, OutputReceiver<KV<String, Integer>> out) {
      out.output(KV.of(word, word.length()));
    }
  }

  /** What no step may do. */
  private static final class ChangeInPlace extends DoFn<byte[], byte[]> {
    @ProcessElement
    public void change(@Element byte[] bytes, OutputReceiver<byte[]> out) {
      bytes[0]++;
      out.output(bytes);
    }
  }
}
