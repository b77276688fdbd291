package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.Load;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import java.util.Random;

/**
 * A row of one round.
 *
 * @param id its name
 * @param what what is broken
 * @param script how
 */
record ScriptedRow(String id, String what, Script script) implements Row {
  /** What is done in a round, to its end. */
  @FunctionalInterface
  interface Script {
    /** Plays, and answers with what {@link Round#finish} said. */
    Verdict play(Round round, Stage stage, Random random);
  }

  @Override
  public String play(Stage stage, Settings settings) {
    Random random = settings.random(this);
    Figures figures = new Figures();
    try (Round round = stage.round(id, Load.ORDINARY, Settings.seed(random))) {
      figures.add(script.play(round, stage, random));
    }
    return figures.line();
  }
}
