package io.purlin.pipelines.wordcount;

import io.purlin.pipelines.job.Job;
import io.purlin.pipelines.job.JobRun;
import io.purlin.pipelines.job.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptions;

/** Runs {@link WordCount} from the command line. */
public final class WordCountJob implements Job {
  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return WordCountOptions.class;
  }

  @Override
  public boolean usesKafka() {
    return false;
  }

  @Override
  public void checkOptions(PipelineOptions options) {
    // Paths are looked at when the run is prepared.
  }

  @Override
  public JobRun prepare(PipelineOptions general) {
    WordCountOptions options = general.as(WordCountOptions.class);
    FileSystems.setDefaultPipelineOptions(options);
    List<MatchResult.Metadata> input = TextFiles.matching("--input", options.getInput());
    String output = options.getOutput();
    if (output == null) {
      output = temporaryOutput();
    } else if (TextFiles.exist(WordCount.filesOf(output))) {
      throw new UserError("--output=" + output + ": there are such files already.");
    }
    return new WordCountRun(build(options, output), input, output);
  }

  @Override
  public Pipeline outline(PipelineOptions general) {
    WordCountOptions options = general.as(WordCountOptions.class);
    FileSystems.setDefaultPipelineOptions(options);
    return build(options, Objects.requireNonNullElse(options.getOutput(), "counts"));
  }

  private static Pipeline build(WordCountOptions options, String output) {
    Pipeline pipeline = Pipeline.create(options);
    WordCount.build(pipeline, options.getInput(), output);
    return pipeline;
  }

  private static String temporaryOutput() {
    try {
      return Files.createTempDirectory("purlin-wordcount-").resolve("counts").toString();
    } catch (IOException e) {
      throw new UserError("No temporary folder can be created: " + e.getMessage(), e);
    }
  }
}
