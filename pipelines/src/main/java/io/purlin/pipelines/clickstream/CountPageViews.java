package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.wire.Click;
import io.purlin.pipelines.clickstream.wire.PageViews;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.Window.OnTimeBehavior;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;

/** Counts clicks by page and minute and adds what the catalogue says of the page. */
final class CountPageViews extends PTransform<PCollection<Click>, PCollection<PageViews>> {
  private static final long serialVersionUID = 1L;
  private static final Duration MINUTE = Duration.standardMinutes(1);

  private final transient Map<String, CataloguePage> pages;
  private final Duration allowedLateness;
  private final Duration early;

  CountPageViews(Map<String, CataloguePage> pages, Duration allowedLateness, Duration early) {
    this.pages = pages;
    this.allowedLateness = allowedLateness;
    this.early = early;
  }

  @Override
  public PCollection<PageViews> expand(PCollection<Click> clicks) {
    PCollectionView<Map<String, CataloguePage>> catalogue =
        clicks
            .getPipeline()
            .apply(
                "Catalogue",
                Create.of(pages)
                    .withCoder(
                        KvCoder.of(
                            StringUtf8Coder.of(), Schemas.coder(clicks, CataloguePage.class))))
            .apply("CatalogueByPage", View.asMap());
    return clicks
        .apply("Page", MapElements.into(TypeDescriptors.strings()).via(Click::getPage))
        .apply(
            "Minutes",
            Window.<String>into(FixedWindows.of(MINUTE))
                .triggering(
                    AfterWatermark.pastEndOfWindow()
                        .withEarlyFirings(
                            AfterProcessingTime.pastFirstElementInPane().plusDelayOf(early))
                        .withLateFirings(AfterPane.elementCountAtLeast(1)))
                // Without a new click the pane before says all.
                .withOnTimeBehavior(OnTimeBehavior.FIRE_IF_NON_EMPTY)
                .withAllowedLateness(allowedLateness)
                .accumulatingFiredPanes())
        .apply("Count", Count.perElement())
        .apply("Join", ParDo.of(new JoinCatalogue(catalogue)).withSideInputs(catalogue));
  }
}
