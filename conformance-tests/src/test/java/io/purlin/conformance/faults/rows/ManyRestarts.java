package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.stage.Load;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Traces;
import io.purlin.conformance.faults.stage.Transactions;
import io.purlin.conformance.faults.stage.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * F40. User code fails again and again, and the job starts again in its process each time: what the
 * process holds must not grow.
 */
public final class ManyRestarts implements Row {
  /** Looks at what the process holds, at the beginning and at the end. */
  private static final int LOOKS = 8;

  @Override
  public String id() {
    return "F40";
  }

  @Override
  public String what() {
    return "the job starts again in its process, many times";
  }

  @Override
  public String play(Stage stage, Settings settings) {
    Figures figures = new Figures();
    try (Round round = stage.round(id(), Load.ORDINARY, Settings.seed(settings.random(this)))) {
      round.with(
          "--stateBackend=rocksdb",
          "--managedMemory=16777216",
          "--stateDir=" + round.place().state(),
          "--restartStrategy=fixed_delay",
          "--restartAttempts=1000000",
          "--restartDelayMillis=1");
      OwnProcess life = round.start();
      round.awaitProgress(life);
      List<Traces> looks = new ArrayList<>();
      for (int i = 0; i < settings.restarts(); i++) {
        // A failure of its own each time: the oracle may see results of before it after it, and a
        // job ends when the same comes back before a checkpoint does.
        round.trap("process exception 1 " + i);
        round.awaitSprung(life);
        round.awaitProgress(life);
        looks.add(Traces.of(life, round.place()));
      }
      compare(looks);
      int ids = new Transactions(round.place()).ids();
      if (ids != 1) {
        throw new Violation("the job has " + ids + " transactional ids");
      }
      figures.add(round.finish(life));
      figures.count("restarts", settings.restarts());
      return figures.line()
          + "; "
          + looks.get(LOOKS - 1)
          + " at first, "
          + looks.get(looks.size() - 1)
          + " at last";
    }
  }

  /** What it holds goes up and down: the least at the end must not be above the most before. */
  private static void compare(List<Traces> looks) {
    Traces most = looks.subList(0, LOOKS).stream().reduce(Traces::most).orElseThrow();
    Traces least =
        looks.subList(looks.size() - LOOKS, looks.size()).stream()
            .reduce(Traces::least)
            .orElseThrow();
    if (!least.isWithin(most)) {
      throw new Violation(
          "at most " + most + " at first, and at least " + least + " after so many restarts");
    }
  }
}
