package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.sdk.faults.KillPoint;
import java.util.List;
import java.util.Random;

/** Crashes while a crash is being made good. */
final class KilledAgain {
  private static final List<KillPoint> OF_RESTARTS =
      List.of(KillPoint.BEFORE_FENCING, KillPoint.FENCED, KillPoint.RESTORING, KillPoint.RESTORED);

  private KilledAgain() {}

  static List<Row> rows() {
    return List.of(
        new ScriptedRow(
            "F03", "the runner is killed, and again while it restores", KilledAgain::restoring));
  }

  private static Verdict restoring(Round round, Stage stage, Random random) {
    for (KillPoint point : OF_RESTARTS) {
      OwnProcess life = round.start();
      round.awaitProgress(life);
      round.kill(life);
      KillPoints.endAt(point, round, stage, random);
    }
    return round.finish(round.start());
  }
}
