package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.Disk;
import io.purlin.conformance.faults.stage.Load;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import java.time.Duration;

/**
 * F16. The disk of the checkpoints is full for a while. The job fails or not; once there is room it
 * goes on by itself, or by being started again if it had given up.
 */
final class FullDisk implements Row {
  private static final int DISK_MEGABYTES = 8;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Override
  public String id() {
    return "F16";
  }

  @Override
  public String what() {
    return "the disk of checkpoints is full, first for a moment, then for long";
  }

  @Override
  public String play(Stage stage, Settings settings) {
    if (!Disk.isPossible()) {
      return "NOT PLAYED: needs the right to mount";
    }
    Figures figures = new Figures();
    long seed = Settings.seed(settings.random(this));
    try (Round round = stage.round(id(), Load.ORDINARY, seed);
        Disk disk = Disk.memory(round.place().checkpoints(), DISK_MEGABYTES)) {
      OwnProcess life = full(round, disk, round.start(), Duration.ofMillis(500));
      life = full(round, disk, life, Duration.ofSeconds(15));
      Verdict verdict = round.finish(life);
      life.close();
      figures.add(verdict);
    }
    return figures.line();
  }

  private static OwnProcess full(Round round, Disk disk, OwnProcess life, Duration howLong) {
    round.awaitProgress(life);
    int logged = life.log().length();
    disk.fill();
    if (!life.awaitLog("No space left", logged, LIMIT)) {
      throw new Violation("a full disk should be told of\n" + life.logTail());
    }
    int code = life.awaitExit(howLong).orElse(1);
    disk.free();
    if (code == 0) {
      throw new Violation("the runner ends as if all were well\n" + life.logTail());
    }
    DamagedFiles.requireWhole(round);
    OwnProcess next = life.isAlive() ? life : round.start();
    round.awaitProgress(next);
    return next;
  }
}
