package io.purlin.benchmarks.growth;

import io.purlin.benchmarks.side.Side;
import io.purlin.benchmarks.side.Tally;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Pipelines of one dimension: {@code GrowthProgram <dimension> <directory of checkpoints> <broker>
 * <options of the runner>}. For each line {@code <size> <elements>} on standard input it runs once
 * and answers with nanoseconds, those of all processors, and the units by which they are to be
 * divided.
 */
public final class GrowthProgram {
  private static final int OPTIONS_FROM = 3;

  private GrowthProgram() {}

  /** Ends when its input ends. */
  public static void main(String[] args) {
    Dimension dimension = Dimension.valueOf(args[0]);
    Path checkpoints = Path.of(args[1]);
    String servers = args[2];
    List<String> flags = Arrays.asList(args).subList(OPTIONS_FROM, args.length);
    Side.serve(
        request -> {
          List<String> parts = List.of(request.split(" ", -1));
          long size = Long.parseLong(parts.get(0));
          Pipeline pipeline = pipeline(flags(dimension, size, checkpoints, flags));
          GrowthPipelines built =
              GrowthPipelines.build(
                  dimension, pipeline, size, Long.parseLong(parts.get(1)), servers);
          return run(dimension + " " + size, pipeline, built);
        });
  }

  /**
   * One task of each step: then nothing waits for a second core that others may have, and one key
   * with everything is no worse than many.
   */
  private static List<String> flags(
      Dimension dimension, long size, Path checkpoints, List<String> more) {
    List<String> flags = new ArrayList<>(more);
    flags.add("--parallelism=" + (dimension == Dimension.PARALLELISM ? size : 1));
    if (dimension == Dimension.STATE) {
      flags.addAll(
          List.of(
              "--checkpointingInterval=200",
              "--resume=never",
              "--jobName=growth-state",
              "--checkpointDir=" + checkpoints));
    } else {
      flags.add("--checkpointingInterval=0");
    }
    return flags;
  }

  private static Pipeline pipeline(List<String> flags) {
    return Pipeline.create(PipelineOptionsFactory.fromArgs(flags.toArray(new String[0])).create());
  }

  private static long[] run(String what, Pipeline pipeline, GrowthPipelines built) {
    // What the run before has left is not collected in the time of this one.
    System.gc();
    Tally.reset();
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    long[] figures = Tally.figures();
    if (state != PipelineResult.State.DONE || figures[3] != built.sum()) {
      throw new IllegalStateException(
          "%s ended %s with the sum %d, not %d".formatted(what, state, figures[3], built.sum()));
    }
    return new long[] {figures[0], figures[1], built.units()};
  }
}
