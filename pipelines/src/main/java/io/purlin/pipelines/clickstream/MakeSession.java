package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.wire.UserSession;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;

/** Makes a session of the totals of a user's session window. */
final class MakeSession extends DoFn<KV<String, SessionTotals>, UserSession> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(
      @Element KV<String, SessionTotals> totals,
      IntervalWindow window,
      PaneInfo pane,
      OutputReceiver<UserSession> out) {
    out.output(
        UserSession.of(
            window.start().getMillis(),
            window.end().getMillis(),
            totals.getKey(),
            totals.getValue().getClicks(),
            totals.getValue().getFirst().getPage(),
            totals.getValue().getLast().getPage(),
            pane.getTiming().name()));
  }
}
