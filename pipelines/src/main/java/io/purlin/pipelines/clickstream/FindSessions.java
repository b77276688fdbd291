package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.wire.Click;
import io.purlin.pipelines.clickstream.wire.UserSession;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;

/**
 * Finds the sessions of users. A late click may lengthen a session or join two: the session that
 * comes of it replaces every earlier one that it contains.
 */
final class FindSessions extends PTransform<PCollection<Click>, PCollection<UserSession>> {
  private static final long serialVersionUID = 1L;

  private final Duration gap;
  private final Duration allowedLateness;

  FindSessions(Duration gap, Duration allowedLateness) {
    this.gap = gap;
    this.allowedLateness = allowedLateness;
  }

  @Override
  public PCollection<UserSession> expand(PCollection<Click> clicks) {
    return clicks
        .apply(
            "User",
            MapElements.into(
                    TypeDescriptors.kvs(
                        TypeDescriptors.strings(), TypeDescriptor.of(SessionTotals.class)))
                .via(click -> KV.of(click.getUser(), SessionTotals.of(1, click, click))))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), Schemas.coder(clicks, SessionTotals.class)))
        .apply(
            "Sessions",
            Window.<KV<String, SessionTotals>>into(Sessions.withGapDuration(gap))
                .triggering(
                    AfterWatermark.pastEndOfWindow()
                        .withLateFirings(AfterPane.elementCountAtLeast(1)))
                .withAllowedLateness(allowedLateness)
                .accumulatingFiredPanes())
        .apply("AddUp", Combine.perKey(SessionTotals::plus))
        .apply("MakeSession", ParDo.of(new MakeSession()));
  }
}
