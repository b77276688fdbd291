package io.purlin.pipelines;

import io.purlin.pipelines.job.Job;
import io.purlin.pipelines.job.UserError;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Which pipeline a command is about, and the options that are the pipeline's: what the command
 * itself does not know is handed to Beam, which refuses what it does not know. Filled by picocli.
 */
final class Selection {
  private static final String DEFAULT = "Clickstream";

  @Parameters(
      arity = "0..*",
      paramLabel = "<pipeline>",
      description =
          "Clickstream, KafkaCopy, Nexmark, WordCount, or the name of a class that implements"
              + " io.purlin.pipelines.job.Job. Default: Clickstream.")
  private List<String> words = new ArrayList<>();

  @Option(names = "--pipeline", paramLabel = "<pipeline>", description = "The same as an option.")
  private @Nullable String pipeline;

  @Option(
      names = "--class",
      paramLabel = "<class>",
      description =
          "A program of your own with a main method, instead of a pipeline. It gets all further"
              + " arguments, and must be on the class path: PURLIN_CLASSPATH adds to it.")
  private @Nullable String program;

  @Option(
      names = "--bootstrapServers",
      paramLabel = "<host:port>",
      description =
          "Kafka's address, host:port[,host:port...]. Default: a broker is started for a run of one"
              + " of our pipelines and ended with it.")
  private @Nullable String bootstrapServers;

  private List<String> rest = List.of();

  /** The arguments that the command does not know; picocli gives them to commands alone. */
  void passOn(List<String> arguments) {
    rest = List.copyOf(arguments);
  }

  /** The class with the user's own main method; null when a pipeline is meant. */
  @Nullable String program() {
    return program;
  }

  @Nullable String bootstrapServers() {
    return bootstrapServers;
  }

  /** The arguments that are not the command's own. */
  List<String> rest() {
    return rest;
  }

  /** The name of the pipeline. */
  String name() {
    if (pipeline != null) {
      return pipeline;
    }
    return words.isEmpty() ? DEFAULT : words.get(0);
  }

  /**
   * The pipeline.
   *
   * @throws UserError when there is no such pipeline, or more than one is named
   */
  Job job() {
    int named = words.size() + (pipeline == null ? 0 : 1);
    if (named > 1) {
      throw new UserError(
          String.join(" ", words) + ": one pipeline can be named. Options are --name=value.");
    }
    return JobNames.find(name(), pipeline == null ? name() : "--pipeline=" + name());
  }

  /**
   * The arguments of the user's program.
   *
   * @param runner the runner to name
   * @param own further arguments
   */
  List<String> programArguments(String runner, List<String> own) {
    if (pipeline != null) {
      throw new UserError("--class and --pipeline exclude each other.");
    }
    List<String> arguments = new ArrayList<>(words);
    arguments.add("--runner=" + runner);
    if (bootstrapServers != null) {
      arguments.add("--bootstrapServers=" + bootstrapServers);
    }
    arguments.addAll(own);
    arguments.addAll(rest);
    return arguments;
  }

  /**
   * The options of one of our pipelines.
   *
   * @param servers where Kafka is
   * @param own further arguments, before those of the pipeline
   * @throws UserError naming the argument that is wrong
   */
  PipelineOptions options(Job job, String runner, String servers, List<String> own) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--runner=" + runner);
    if (job.usesKafka()) {
      arguments.add("--bootstrapServers=" + servers);
    } else if (bootstrapServers != null) {
      throw new UserError("--bootstrapServers: " + name() + " does not use Kafka.");
    }
    boolean chosen = rest.stream().anyMatch(a -> a.startsWith("--stateBackend="));
    if (runner.equals("NativeRunner") && job.usesKafka() && !chosen) {
      // The state of a stream may outgrow the heap.
      arguments.add("--stateBackend=rocksdb");
    }
    arguments.addAll(own);
    arguments.addAll(rest);
    PipelineOptions options;
    try {
      options =
          PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new))
              .withValidation()
              .as(job.optionsType());
    } catch (RuntimeException e) {
      throw blame(job, e);
    }
    job.checkOptions(options);
    return options;
  }

  /** Beam's message may not say which argument it is about: it is one that fails alone, too. */
  private RuntimeException blame(Job job, RuntimeException failure) {
    for (String argument : rest) {
      try {
        var unused = PipelineOptionsFactory.fromArgs(argument).as(job.optionsType());
      } catch (RuntimeException e) {
        return new UserError(argument + ": " + FailureReport.of(e), e);
      }
    }
    return failure;
  }
}
