package io.purlin.pipelines.wordcount;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Options of {@link WordCount}. */
public interface WordCountOptions extends PipelineOptions {
  @Description("Text files to read, UTF-8: a path, or a pattern such as texts/*.txt.")
  @Default.String("docs/prose/*.txt")
  String getInput();

  void setInput(String input);

  @Description(
      "Where to write: the beginning of the files' paths. The default is a temporary folder.")
  @Nullable String getOutput();

  void setOutput(@Nullable String output);
}
