package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.stage.Load;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Signal;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import io.purlin.sdk.faults.KillPoint;
import java.time.Duration;
import java.util.Random;

/** F02. Ends the runner at each kill point, at one of its first hits, and restores after each. */
public final class KillPoints implements Row {
  private static final int LIVES_OF_A_ROUND = 10;
  private static final int FIRST_HITS = 20;
  private static final int COMMIT_MILLIS = 15;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Override
  public String id() {
    return "F02";
  }

  @Override
  public String what() {
    return "the runner is killed at each kill point";
  }

  @Override
  public String play(Stage stage, Settings settings) {
    Random random = settings.random(this);
    Figures figures = new Figures();
    KillPoint[] points = KillPoint.values();
    int lives = settings.times() * points.length;
    for (int done = 0; done < lives; done += LIVES_OF_A_ROUND) {
      try (Round round = stage.round(id(), Load.ORDINARY, Settings.seed(random))) {
        OwnProcess first = round.start();
        round.awaitProgress(first);
        round.kill(first);
        boolean atTheEnd = false;
        for (int i = done; i < Math.min(lives, done + LIVES_OF_A_ROUND); i++) {
          KillPoint point = points[i % points.length];
          atTheEnd |= point == KillPoint.STOPPING;
          if (point != KillPoint.STOPPING) {
            endAt(point, round, stage, random);
          }
          figures.count("kill points", 1);
        }
        if (atTheEnd) {
          round.endSource();
          endAt(KillPoint.STOPPING, round, stage, random);
        }
        figures.add(round.finish(round.start()));
      }
    }
    return figures.line();
  }

  static void endAt(KillPoint point, Round round, Stage stage, Random random) {
    boolean brokerHeld = point == KillPoint.COMMITTING && random.nextBoolean();
    String armed = point.code() + ":" + hit(point, random);
    if (brokerHeld) {
      armed += ":wait-1000";
    } else if (point == KillPoint.COMMITTING) {
      armed += ":after-" + random.nextInt(COMMIT_MILLIS);
    }
    if (point == KillPoint.REDISTRIBUTING) {
      round.with("--parallelism=" + (round.flags().contains("--parallelism=3") ? 4 : 3));
    }
    OwnProcess life = round.start("-D" + KillPoint.PROPERTY + "=" + armed);
    if (point == KillPoint.BACKING_OFF) {
      round.awaitProgress(life);
      round.trap("process exception 1");
    }
    if (!life.awaitLog("fault " + point.code(), LIMIT)) {
      throw new Violation(armed + " is not reached\n" + life.logTail());
    }
    if (brokerHeld) {
      killWithBrokerHeld(round, life, stage);
    } else {
      round.expectExit(life, OwnProcess.KILLED, LIMIT);
    }
  }

  private static void killWithBrokerHeld(Round round, OwnProcess life, Stage stage) {
    Signal.STOP.send(stage.broker().pid());
    try {
      // The commit goes out a second after the log has said so, and gets no answer.
      round.pass(life, Duration.ofMillis(1_500));
      round.kill(life);
    } finally {
      Signal.CONT.send(stage.broker().pid());
    }
  }

  private static int hit(KillPoint point, Random random) {
    return switch (point) {
      case BEFORE_FENCING, FENCED, BACKING_OFF -> 1;
      case RESTORING, RESTORED, REDISTRIBUTING, STOPPING -> 1 + random.nextInt(2);
      default -> 1 + random.nextInt(FIRST_HITS);
    };
  }
}
