package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.wire.Click;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Lets the first of several clicks with the same id through. An id is remembered until the
 * watermark is {@code remember} past the click's own time.
 *
 * <p>Beam's {@code Deduplicate} counts that time from the watermark instead, which before the first
 * watermark means: not at all.
 */
final class DropRepeats extends DoFn<KV<String, Click>, Click> {
  private static final long serialVersionUID = 1L;

  static final String REPEATED = "clicksRepeated";

  @StateId("seen")
  private final StateSpec<ValueState<Boolean>> seenSpec = StateSpecs.value();

  @TimerId("forget")
  private final TimerSpec forgetSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  private final Counter repeated = Metrics.counter(DropRepeats.class, REPEATED);
  private final Duration remember;

  DropRepeats(Duration remember) {
    this.remember = remember;
  }

  @ProcessElement
  public void process(
      @Element KV<String, Click> click,
      @Timestamp Instant timestamp,
      @AlwaysFetched @StateId("seen") ValueState<Boolean> seen,
      @TimerId("forget") Timer forget,
      OutputReceiver<Click> out) {
    if (seen.read() != null) {
      repeated.inc();
      return;
    }
    seen.write(true);
    // Without an output timestamp the timer does not hold the watermark back.
    forget.withNoOutputTimestamp().set(timestamp.plus(remember));
    out.output(click.getValue());
  }

  @OnTimer("forget")
  public void forget(@StateId("seen") ValueState<Boolean> seen) {
    seen.clear();
  }
}
