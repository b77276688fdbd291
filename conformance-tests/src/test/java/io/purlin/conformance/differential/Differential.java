package io.purlin.conformance.differential;

import io.purlin.conformance.differential.draw.Draw;
import io.purlin.conformance.differential.recipe.Recipe;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the comparison with the reference. */
@Command(
    name = "differential",
    mixinStandardHelpOptions = true,
    description = {
      "Draws pipelines, runs each on Beam's DirectRunner and in each way on the native runner, and"
          + " compares all that their steps make: values, timestamps, windows, panes.",
      "A difference is printed with its seed and made smaller. Takes some seconds for each seed."
    })
final class Differential implements Callable<Integer> {
  private static final int PROGRESS_SEEDS = 50;

  private final PrintStream out;

  @Option(names = "--seeds", description = "how many pipelines are drawn (${DEFAULT-VALUE})")
  private int seeds = 200;

  @Option(names = "--from", description = "the first seed (${DEFAULT-VALUE})")
  private long from = 1;

  @Option(names = "--seed", description = "this seed alone; prints its pipeline")
  private @Nullable Long only;

  @Option(names = "--keep-going", description = "goes on when seeds differ")
  private boolean keepsGoing;

  Differential(PrintStream out) {
    this.out = out;
  }

  /** Runs the command. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Differential(System.out)).execute(args));
  }

  @Override
  public Integer call() {
    Long seed = only;
    if (seed != null) {
      out.println(Draw.of(seed));
      return play(seed).differences().isEmpty() ? 0 : 1;
    }
    int differing = 0;
    long elements = 0;
    long end = from + seeds;
    long next = from;
    while (next < end && (keepsGoing || differing == 0)) {
      Trial trial = play(next++);
      differing += trial.differences().isEmpty() ? 0 : 1;
      elements += trial.elements();
      if ((next - from) % PROGRESS_SEEDS == 0) {
        out.printf("%d of %d seeds, %d elements compared%n", next - from, seeds, elements);
      }
    }
    out.printf(
        "%d pipelines in %d ways each, %d elements compared, %d pipelines differ%n",
        next - from, Setup.all().size(), elements, differing);
    return differing == 0 ? 0 : 1;
  }

  private Trial play(long seed) {
    Recipe recipe = Draw.of(seed);
    Trial trial;
    try {
      trial = Trial.of(recipe, Setup.all());
    } catch (RuntimeException e) {
      throw new IllegalStateException("the reference cannot run seed " + seed + ":\n" + recipe, e);
    }
    if (!trial.differences().isEmpty()) {
      List<Setup> wrong = trial.wrong(Setup.all());
      Trial smallest = Shrinking.shrink(trial, wrong.get(0));
      out.printf("seed %d differs in %d of the ways%n", seed, wrong.size());
      out.println("smallest: " + smallest.recipe());
      smallest.differences().forEach(line -> out.println("  " + line));
    }
    return trial;
  }
}
