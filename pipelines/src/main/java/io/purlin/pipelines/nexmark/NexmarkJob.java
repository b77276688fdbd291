package io.purlin.pipelines.nexmark;

import io.purlin.pipelines.job.Job;
import io.purlin.pipelines.job.JobRun;
import io.purlin.pipelines.job.UserError;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/** Runs a Nexmark query from the command line. */
public final class NexmarkJob implements Job {
  private static final long MOST_EVENTS = 1_000_000_000;

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return NexmarkRunOptions.class;
  }

  @Override
  public boolean usesKafka() {
    return false;
  }

  @Override
  public void checkOptions(PipelineOptions general) {
    NexmarkRunOptions options = general.as(NexmarkRunOptions.class);
    int query = options.getQuery();
    long events = options.getEvents();
    if (query < 0 || query > NexmarkQuery.LAST) {
      throw new UserError("--query=" + query + " is out of range: 0 to " + NexmarkQuery.LAST + ".");
    }
    if (events < 1 || events > MOST_EVENTS) {
      throw new UserError("--events=" + events + " is out of range: 1 to " + MOST_EVENTS + ".");
    }
  }

  @Override
  public JobRun prepare(PipelineOptions options) {
    return new NexmarkRun(outline(options), options.as(NexmarkRunOptions.class).getQuery());
  }

  @Override
  public Pipeline outline(PipelineOptions general) {
    NexmarkRunOptions options = general.as(NexmarkRunOptions.class);
    return NexmarkPipeline.build(
        options, options.getQuery(), options.getEvents(), options.isStreaming());
  }
}
