package io.purlin.nativerunner.restart;

import static io.purlin.nativerunner.restart.Disturbed.TICKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements that wait to be sorted keep their places and all that they carry. */
class RestartSortedInputTest {
  private static final long SHIFT = 8;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void elementsThatWaitToBeSorted(long seed) {
    Map<String, Long> outputs =
        new Disturbed(RestartSortedInputTest::sorted).comesToTheSame(seed, 2, 3, 1);
    assertThat(outputs).hasSize(2 * (int) TICKS);
    assertThat(outputs.keySet()).allMatch(each -> each.matches(".*, id [0-9]+:[0-9]+ .*"));
  }

  private static void sorted(Pipeline pipeline) {
    pipeline
        .apply(Read.from(new Ticks("ticks", 2, TICKS).identified()))
        .apply("Mix", ParDo.of(new Mix()))
        .apply(
            Window.<KV<Long, Long>>into(FixedWindows.of(Duration.millis(100)))
                .withAllowedLateness(Duration.millis(2 * SHIFT))
                .discardingFiredPanes())
        .apply("Sorted", ParDo.of(new InOrder()))
        .apply(ParDo.of(new Outputs<>("sorted")));
  }

  /** Gives elements other places within eight milliseconds. */
  static final class Mix extends DoFn<KV<Long, Long>, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;

    @Override
    @Deprecated
    public Duration getAllowedTimestampSkew() {
      return Duration.millis(SHIFT);
    }

    @ProcessElement
    public void process(@Element KV<Long, Long> tick, OutputReceiver<KV<Long, Long>> out) {
      out.outputWithTimestamp(tick, Instant.ofEpochMilli(tick.getValue() ^ (SHIFT - 1)));
    }
  }

  static final class InOrder extends DoFn<KV<Long, Long>, String> {
    private static final long serialVersionUID = 1L;

    @StateId("number")
    private final StateSpec<ValueState<Long>> numberSpec = StateSpecs.value(VarLongCoder.of());

    @RequiresTimeSortedInput
    @ProcessElement
    public void process(ProcessContext context, @StateId("number") ValueState<Long> number) {
      Long before = number.read();
      long now = before == null ? 0 : before + 1;
      number.write(now);
      context.output(context.element() + " is number " + now + ", id " + context.currentRecordId());
    }
  }
}
