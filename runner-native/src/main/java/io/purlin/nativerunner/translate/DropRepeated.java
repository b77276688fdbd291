package io.purlin.nativerunner.translate;

import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.Deduplicate;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * Lets the first record of each id pass, for sources that may give a record again. An id is
 * remembered for {@link Deduplicate#DEFAULT_DURATION} of processing time, as in Beam's own
 * transform.
 */
final class DropRepeated<T> extends DoFn<KV<String, T>, T> {
  private static final long serialVersionUID = 1L;

  @StateId("seen")
  private final StateSpec<ValueState<Boolean>> seenSpec = StateSpecs.value(BooleanCoder.of());

  @TimerId("forget")
  private final TimerSpec forgetSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  @ProcessElement
  public void process(
      @Element KV<String, T> record,
      OutputReceiver<T> out,
      @StateId("seen") ValueState<Boolean> seen,
      @TimerId("forget") Timer forget) {
    if (seen.read() == null) {
      seen.write(true);
      // Without an output timestamp the memory of an id holds no watermark back.
      forget.offset(Deduplicate.DEFAULT_DURATION).withNoOutputTimestamp().setRelative();
      out.output(record.getValue());
    }
  }

  @OnTimer("forget")
  public void forget(@StateId("seen") ValueState<Boolean> seen) {
    seen.clear();
  }
}
