package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.wire.PageViews;
import java.util.Map;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Makes a result of a page's count: adds what the catalogue says, and which minute and pane it is.
 */
final class JoinCatalogue extends DoFn<KV<String, Long>, PageViews> {
  private static final long serialVersionUID = 1L;

  /** The end of the newest minute of which an on-time result is out. */
  static final String COMPLETE = "completeUntilMillis";

  private final Distribution complete = Metrics.distribution(JoinCatalogue.class, COMPLETE);
  private final PCollectionView<Map<String, CataloguePage>> catalogue;

  JoinCatalogue(PCollectionView<Map<String, CataloguePage>> catalogue) {
    this.catalogue = catalogue;
  }

  @ProcessElement
  public void process(ProcessContext context, IntervalWindow minute, PaneInfo pane) {
    if (pane.getTiming() == PaneInfo.Timing.ON_TIME) {
      complete.update(minute.end().getMillis());
    }
    String page = context.element().getKey();
    CataloguePage known = context.sideInput(catalogue).getOrDefault(page, CataloguePage.UNKNOWN);
    context.output(
        PageViews.of(
            minute.start().getMillis(),
            page,
            known.getTitle(),
            known.getSection(),
            context.element().getValue(),
            pane.getTiming().name(),
            pane.getIndex()));
  }
}
