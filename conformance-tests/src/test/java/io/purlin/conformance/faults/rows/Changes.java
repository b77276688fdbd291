package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import io.purlin.sdk.faults.KillPoint;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The job goes on with other settings than it was killed with. */
final class Changes {
  private static final List<Integer> PARALLELISMS = List.of(1, 2, 4, 2, 5, 3, 1, 6, 5);

  private static final List<KillPoint> OF_FIRST_CHECKPOINT =
      List.of(
          KillPoint.BARRIER_INJECTED,
          KillPoint.BETWEEN_SNAPSHOTS,
          KillPoint.STATE_FROZEN,
          KillPoint.FILE_UNSYNCED,
          KillPoint.PREPARED,
          KillPoint.COMMITTED);

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Of a checkpoint, and what takes longer. */
  private static final Duration TIMEOUT = Duration.ofMillis(300);

  private static final Duration TOO_LONG = Duration.ofMillis(1_500);

  private Changes() {}

  static List<Row> rows() {
    return List.of(
        new ScriptedRow("F29", "one buffer a channel, 1, 5 and 20 tasks a step", Changes::narrow),
        new ScriptedRow(
            "F34",
            "another parallelism after each kill, and a kill in its first checkpoint",
            Changes::rescaled),
        new ScriptedRow(
            "F39", "checkpoints faster than they can be written, and timed out", Changes::hurried));
  }

  private static Verdict narrow(Round round, Stage stage, Random random) {
    round.with("--buffersPerChannel=1", "--maxBundleSize=1");
    for (int parallelism : List.of(1, 5, 20)) {
      round.with("--parallelism=" + parallelism);
      killed(round, random);
    }
    return round.finish(round.start());
  }

  private static Verdict rescaled(Round round, Stage stage, Random random) {
    for (int parallelism : PARALLELISMS) {
      round.with("--parallelism=" + parallelism);
      // The first checkpoint of the new tasks is not finished, or not committed.
      KillPoint point = OF_FIRST_CHECKPOINT.get(random.nextInt(OF_FIRST_CHECKPOINT.size()));
      OwnProcess first = round.start("-D" + KillPoint.PROPERTY + "=" + point.code() + ":1");
      round.expectExit(first, OwnProcess.KILLED, LIMIT);
      killed(round, random);
    }
    return round.finish(round.start());
  }

  private static Verdict hurried(Round round, Stage stage, Random random) {
    round.with("--checkpointingInterval=1");
    for (int i = 0; i < 3; i++) {
      killed(round, random);
    }
    // Some take longer than they may, and are given up while later ones come.
    round.with("--checkpointTimeoutMillis=" + stage.limit(TIMEOUT).toMillis());
    String wait = ":wait-" + stage.limit(TOO_LONG).toMillis();
    for (String held : List.of("K05:3", "K03:5")) {
      OwnProcess life = round.start("-D" + KillPoint.PROPERTY + "=" + held + wait);
      if (!life.awaitLog("fault " + held.substring(0, 3), LIMIT)) {
        throw new Violation(held + " is not reached\n" + life.logTail());
      }
      round.awaitProgress(life);
      round.awaitProgress(life);
      round.kill(life);
    }
    round.with("--checkpointTimeoutMillis=600000");
    return round.finish(round.start());
  }

  private static void killed(Round round, Random random) {
    OwnProcess life = round.start();
    round.awaitProgress(life);
    round.pass(life, Duration.ofMillis(random.nextInt(1_000)));
    round.kill(life);
  }
}
