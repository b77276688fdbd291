package io.purlin.conformance.faults.pipeline;

import java.util.Objects;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;

/** Keeps a window's amounts until its event-time timer fires, then says their sum. */
final class SumAtTimer extends DoFn<KV<String, Long>, KV<String, String>> {
  private static final long serialVersionUID = 1L;

  private final Trap trap;

  @StateId("amounts")
  private final StateSpec<BagState<Long>> amountsSpec;

  @TimerId("end")
  private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  SumAtTimer(Trap trap) {
    this.trap = trap;
    this.amountsSpec = StateSpecs.bag(new TrappedCoder(trap));
  }

  @ProcessElement
  public void process(
      @Element KV<String, Long> element,
      IntervalWindow window,
      @StateId("amounts") BagState<Long> amounts,
      @TimerId("end") Timer end) {
    amounts.add(element.getValue());
    end.set(window.maxTimestamp());
  }

  @OnTimer("end")
  public void end(
      @Key String key,
      IntervalWindow window,
      @StateId("amounts") BagState<Long> amounts,
      OutputReceiver<KV<String, String>> out) {
    trap.check("timer");
    long sum = 0;
    for (Long amount : Objects.requireNonNull(amounts.read())) {
      sum += amount;
    }
    amounts.clear();
    out.output(ResultLine.of(ResultLine.TIMER, key, window.start().getMillis(), sum));
  }
}
