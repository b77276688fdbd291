package io.purlin.conformance.packaging;

import io.purlin.pipelines.clickstream.ClickstreamOptions;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * The arguments behind {@code purlin run}.
 *
 * @param all in order
 */
record Arguments(List<String> all) {
  /** Options of the command itself, which no pipeline sees. */
  private static final List<String> OF_THE_COMMAND = List.of("--logFormat=json");

  /** The value of an option; empty when it is not among them. */
  Optional<String> value(String option) {
    String start = "--" + option + "=";
    return all.stream()
        .filter(each -> each.startsWith(start))
        .map(each -> each.substring(start.length()))
        .findAny();
  }

  /** The value of an option that must be there. */
  String required(String option) {
    return value(option).orElseThrow(() -> new AssertionError("--" + option + " is not given"));
  }

  /**
   * The options as a pipeline has them.
   *
   * @throws IllegalArgumentException when one of them does not exist, or has a wrong value
   */
  <T extends PipelineOptions> T as(Class<T> type) {
    PipelineOptionsFactory.register(ClickstreamOptions.class);
    String[] options =
        all.stream()
            .filter(each -> each.startsWith("--") && !OF_THE_COMMAND.contains(each))
            .toArray(String[]::new);
    return PipelineOptionsFactory.fromArgs(options).as(type);
  }
}
