package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.Load;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * F01. Kills the runner at random moments: three of four times after it has committed something,
 * and else while it starts and restores. Each round has options of its own.
 */
public final class RandomKills implements Row {
  /** A job ends with its round, so that beginnings and ends are hit as well. */
  private static final int KILLS_OF_A_ROUND = 10;

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
    // By turns, so that few kills meet both.
    boolean onRocksDb = true;
    for (int left = settings.kills(); left > 0; left -= KILLS_OF_A_ROUND) {
      int kills = Math.min(left, KILLS_OF_A_ROUND);
      try (Round round = stage.round(id(), Load.ORDINARY, Settings.seed(random))) {
        round.with(options(round, onRocksDb, random).toArray(String[]::new));
        figures.add(killed(round, kills, random));
        figures.count("kills", kills);
        figures.count("rounds on RocksDB", onRocksDb ? 1 : 0);
      }
      onRocksDb = !onRocksDb;
    }
    return figures.line();
  }

  /** Other options in each round: what holds must hold with all of them. */
  private static List<String> options(Round round, boolean onRocksDb, Random random) {
    List<String> options = new ArrayList<>();
    options.add("--parallelism=" + one(random, 2, 1, 4));
    options.add("--buffersPerChannel=" + one(random, 8, 1));
    options.add("--maxBundleSize=" + one(random, 1_000, 1));
    options.add("--checkpointingInterval=" + one(random, 100, 20, 500));
    if (onRocksDb) {
      options.add("--stateBackend=rocksdb");
      options.add("--stateMemory=" + one(random, 1, 20_000));
      options.add("--managedMemory=16777216");
      options.add("--stateDir=" + round.place().state());
    }
    return options;
  }

  private static int one(Random random, int... choices) {
    return choices[random.nextInt(choices.length)];
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
