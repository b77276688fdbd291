package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.Disk;
import io.purlin.conformance.faults.stage.Load;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Signal;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import io.purlin.sdk.faults.KillPoint;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * F04. The disk of the checkpoints loses its power while one is written or deleted: all that was
 * not synced is gone. What Kafka holds as committed must be readable.
 */
final class PowerCuts implements Row {
  private static final int CUTS = 5;
  private static final int CUTS_OF_A_ROUND = 20;
  private static final int FIRST_HITS = 20;
  private static final int DISK_MEGABYTES = 64;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final List<KillPoint> POINTS =
      List.of(
          KillPoint.FILE_IN_PART,
          KillPoint.FILE_UNSYNCED,
          KillPoint.SEAL_WRITTEN,
          KillPoint.SEAL_UNNAMED,
          KillPoint.SEAL_NAMED,
          KillPoint.PREPARED,
          KillPoint.COMMITTED,
          KillPoint.DELETING);

  @Override
  public String id() {
    return "F04";
  }

  @Override
  public String what() {
    return "the disk loses its power and all that was not synced";
  }

  @Override
  public String play(Stage stage, Settings settings) {
    if (!Disk.isPossible()) {
      return "NOT PLAYED: needs the right to mount, mkfs.ext4 and python3";
    }
    Random random = settings.random(this);
    Figures figures = new Figures();
    for (int left = Math.max(CUTS, settings.times()); left > 0; left -= CUTS_OF_A_ROUND) {
      int cuts = Math.min(left, CUTS_OF_A_ROUND);
      try (Round round = stage.round(id(), Load.ORDINARY, Settings.seed(random))) {
        figures.add(cut(round, cuts, random));
        figures.count("power cuts", cuts);
      }
    }
    return figures.line();
  }

  private static Verdict cut(Round round, int cuts, Random random) {
    try (Disk disk = Disk.ext4(round.place().checkpoints(), DISK_MEGABYTES)) {
      for (int i = 0; i < cuts; i++) {
        KillPoint point = POINTS.get(random.nextInt(POINTS.size()));
        String held = point.code() + ":" + (1 + random.nextInt(FIRST_HITS)) + ":wait-60000";
        OwnProcess life = round.start("-D" + KillPoint.PROPERTY + "=" + held);
        if (!life.awaitLog("fault " + point.code(), LIMIT)) {
          throw new Violation(held + " is not reached\n" + life.logTail());
        }
        disk.cut();
        life.signal(Signal.KILL);
        round.expectExit(life, OwnProcess.KILLED, LIMIT);
        disk.powerOn();
        DamagedFiles.requireWhole(round);
      }
      OwnProcess last = round.start();
      Verdict verdict = round.finish(last);
      last.close();
      return verdict;
    }
  }
}
