package io.purlin.benchmarks.loop;

import io.purlin.benchmarks.ready.InputSpec;
import io.purlin.benchmarks.ready.Work;
import io.purlin.benchmarks.side.Side;
import io.purlin.benchmarks.side.Tally;

/**
 * The hand-written side of a work: {@code LoopProgram <work>}. For each line {@code <elements>} on
 * standard input it runs once and answers with the run's figures.
 */
public final class LoopProgram {
  private LoopProgram() {}

  /** Ends when its input ends. */
  public static void main(String[] args) {
    Work work = Work.valueOf(args[0]);
    Side.serve(
        request -> {
          InputSpec input = new InputSpec(work.input(), Integer.parseInt(request));
          input.prepare();
          Runnable loop = loop(work, input);
          Tally.reset();
          Tally.reading();
          loop.run();
          return Tally.figures();
        });
  }

  private static Runnable loop(Work work, InputSpec input) {
    return switch (work) {
      case Q00 -> new Passthrough(input.events());
      case Q01 -> new CurrencyConversion(input.events());
      case Q02 -> new Selection(input.events());
      case KEYED_COUNT, HOT_KEY -> new WindowedCount(input.clicks(), 10_000);
      case SLIDING_COUNT -> new SlidingCount(input.clicks(), 60_000, 1_000);
      case MAP_SIDE_INPUT -> new LookUp(input.clicks(), InputSpec.ALL_GROUPS.groups());
      case WORD_COUNT -> new WordCount(input.text());
      default -> throw new IllegalArgumentException(work + " has no loop");
    };
  }
}
