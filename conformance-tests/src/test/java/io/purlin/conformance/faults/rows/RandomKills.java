package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.Load;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import java.time.Duration;
import java.util.Random;

/**
 * F01. Kills the runner at random moments: three of four times after it has committed something,
 * and else while it starts and restores.
 */
public final class RandomKills implements Row {
  /** A job ends with its round, so that beginnings and ends are hit as well. */
  private static final int KILLS_OF_A_ROUND = 20;

  private static final int STARTING_MILLIS = 4_000;
  private static final double MEAN_RUNNING_MILLIS = 700;

  @Override
  public String id() {
    return "F01";
  }

  @Override
  public String what() {
    return "the runner is killed at random moments";
  }

  @Override
  public String play(Stage stage, Settings settings) {
    Random random = settings.random(this);
    Figures figures = new Figures();
    for (int left = settings.kills(); left > 0; left -= KILLS_OF_A_ROUND) {
      int kills = Math.min(left, KILLS_OF_A_ROUND);
      try (Round round = stage.round(id(), Load.ORDINARY, Settings.seed(random))) {
        figures.add(killed(round, kills, random));
        figures.count("kills", kills);
      }
    }
    return figures.line();
  }

  private static Verdict killed(Round round, int kills, Random random) {
    for (int i = 0; i < kills; i++) {
      OwnProcess life = round.start();
      if (random.nextInt(4) == 0) {
        round.pass(life, Duration.ofMillis(random.nextInt(STARTING_MILLIS)));
      } else {
        round.awaitProgress(life);
        double millis = -MEAN_RUNNING_MILLIS * Math.log(1 - random.nextDouble());
        round.pass(life, Duration.ofMillis(Math.min(10_000, (long) millis)));
      }
      round.kill(life);
    }
    return round.finish(round.start());
  }
}
