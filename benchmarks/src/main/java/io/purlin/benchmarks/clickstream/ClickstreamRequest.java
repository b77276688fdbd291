package io.purlin.benchmarks.clickstream;

import io.purlin.pipelines.clickstream.ClickstreamOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * What a side is asked to do: options of the pipeline, which name the clicks that the topic is full
 * of, the topic, and those of the results.
 *
 * @param options none of which contains a space
 */
record ClickstreamRequest(List<String> options) {
  static ClickstreamRequest parse(String line) {
    return new ClickstreamRequest(List.of(line.split(" ", -1)));
  }

  String line() {
    return String.join(" ", options);
  }

  /** With the options of a runner. */
  ClickstreamOptions on(List<String> runner) {
    List<String> all = new ArrayList<>(runner);
    all.addAll(options);
    return PipelineOptionsFactory.fromArgs(all.toArray(String[]::new))
        .withValidation()
        .as(ClickstreamOptions.class);
  }
}
