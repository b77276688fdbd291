package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.Clickstream.TopicNames;
import io.purlin.pipelines.clickstream.generator.ExpectedResults;
import io.purlin.pipelines.job.Progress;
import io.purlin.pipelines.job.RestartableRun;
import io.purlin.pipelines.job.RunMetrics;
import io.purlin.pipelines.job.Summary;
import java.util.List;
import java.util.OptionalLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.jspecify.annotations.Nullable;

/** One run of the clickstream: over generated clicks, checked at its end, or over a given topic. */
record ClickstreamRun(
    Pipeline pipeline, TopicNames names, ClickstreamOutputs outputs, @Nullable ClickFeed feed)
    implements RestartableRun {
  @Override
  public List<String> arguments() {
    return List.of(
        "--clicksTopic=" + names.clicks(),
        "--pageViewsTopic=" + names.pageViews(),
        "--sessionsTopic=" + names.sessions());
  }

  @Override
  public long written() {
    return outputs.written();
  }

  @Override
  public void start() {
    if (feed != null) {
      feed.start();
    }
  }

  @Override
  public Progress progress(PipelineResult result) {
    if (feed != null) {
      feed.check();
    }
    RunMetrics metrics = new RunMetrics(result);
    OptionalLong newest = metrics.max(DecodeClicks.class, DecodeClicks.NEWEST);
    OptionalLong complete = metrics.max(JoinCatalogue.class, JoinCatalogue.COMPLETE);
    OptionalLong lag =
        newest.isPresent() && complete.isPresent()
            ? OptionalLong.of(Math.max(0, newest.getAsLong() - complete.getAsLong()))
            : OptionalLong.empty();
    return new Progress(
        metrics.count(DecodeClicks.class, DecodeClicks.READ), outputs.written(), lag);
  }

  @Override
  public Summary check(PipelineResult result) {
    return check();
  }

  @Override
  public Summary check() {
    if (feed == null) {
      return new Summary(true, List.of("results     not checked: the clicks are not generated"));
    }
    ExpectedResults expected = feed.expected();
    ResultCheck check = outputs.read();
    return new Summary(check.matches(expected), check.lines(expected));
  }

  @Override
  public void close() {
    if (feed != null) {
      feed.close();
    }
    outputs.close();
  }
}
