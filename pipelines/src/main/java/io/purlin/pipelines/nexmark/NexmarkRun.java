package io.purlin.pipelines.nexmark;

import io.purlin.pipelines.job.JobRun;
import io.purlin.pipelines.job.Progress;
import io.purlin.pipelines.job.RunMetrics;
import io.purlin.pipelines.job.Summary;
import java.util.List;
import java.util.OptionalLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.PAssert;

/**
 * One run of a query. It compares its results itself: had they been wrong, it would have failed.
 */
record NexmarkRun(Pipeline pipeline, int query) implements JobRun {
  @Override
  public Progress progress(PipelineResult result) {
    RunMetrics metrics = new RunMetrics(result);
    return new Progress(
        metrics.count(NexmarkPipeline.class, NexmarkPipeline.EVENTS),
        metrics.count(NexmarkPipeline.class, NexmarkPipeline.RESULTS),
        OptionalLong.empty());
  }

  @Override
  public Summary check(PipelineResult result) {
    Progress end = progress(result);
    boolean hasModel = NexmarkPipeline.hasModel(query);
    long agreed = new RunMetrics(result).count(PAssert.class, PAssert.SUCCESS_COUNTER);
    boolean correct = !hasModel || agreed > 0;
    return new Summary(
        correct,
        List.of(
            "query       " + query,
            "events      " + end.in(),
            "results     " + end.out(),
            verdict(hasModel, correct)));
  }

  private static String verdict(boolean hasModel, boolean correct) {
    if (!hasModel) {
      return "not checked: this query has no model";
    }
    return correct
        ? "the results are those of Beam's model"
        : "the comparison with Beam's model has NOT taken place";
  }
}
