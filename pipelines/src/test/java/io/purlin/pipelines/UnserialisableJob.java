package io.purlin.pipelines;

import io.purlin.pipelines.job.Job;
import io.purlin.pipelines.job.JobRun;
import io.purlin.pipelines.job.Progress;
import io.purlin.pipelines.job.Summary;
import java.util.List;
import java.util.OptionalLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;

/** A user's pipeline with a mistake that is easily made: a function that holds on to a resource. */
public final class UnserialisableJob implements Job {
  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return PipelineOptions.class;
  }

  @Override
  public boolean usesKafka() {
    return false;
  }

  @Override
  public void checkOptions(PipelineOptions options) {
    // There is nothing to check.
  }

  @Override
  public JobRun prepare(PipelineOptions options) {
    return new Run(outline(options));
  }

  @Override
  public Pipeline outline(PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(Create.of("a")).apply(ParDo.of(new Holder(new Connection())));
    return pipeline;
  }

  private record Run(Pipeline pipeline) implements JobRun {
    @Override
    public Progress progress(PipelineResult result) {
      return new Progress(0, 0, OptionalLong.empty());
    }

    @Override
    public Summary check(PipelineResult result) {
      return new Summary(true, List.of("the function has run"));
    }
  }

  /** Not serialisable, as connections are. */
  private static final class Connection {
    String name() {
      return "connection";
    }
  }

  private static final class Holder extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    // The mistake under test.
    @SuppressWarnings("serial")
    private final Connection connection;

    Holder(Connection connection) {
      this.connection = connection;
    }

    @ProcessElement
    public void process(@Element String element, OutputReceiver<String> out) {
      out.output(element + connection.name());
    }
  }
}
