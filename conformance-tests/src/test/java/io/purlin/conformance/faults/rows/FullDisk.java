package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.Disk;
import io.purlin.conformance.faults.stage.Load;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import java.nio.file.Path;
import java.time.Duration;

/**
 * F16 and F17. A disk is full for a while: that of the checkpoints, or that of RocksDB's files. The
 * job fails or not; once there is room it goes on by itself, or by being started again if it had
 * given up.
 *
 * @param id its name
 * @param working whether it is the disk of RocksDB's files
 */
record FullDisk(String id, boolean working) implements Row {
  private static final int DISK_MEGABYTES = 8;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Override
  public String what() {
    return "the disk of "
        + (working ? "RocksDB's files" : "checkpoints")
        + " is full, first for a moment, then for long";
  }

  @Override
  public String play(Stage stage, Settings settings) {
    if (!Disk.isPossible()) {
      return "NOT PLAYED: needs the right to mount";
    }
    Figures figures = new Figures();
    long seed = Settings.seed(settings.random(this));
    try (Round round = stage.round(id, Load.ORDINARY, seed);
        Disk disk = Disk.memory(folder(round), DISK_MEGABYTES)) {
      if (working) {
        round.with("--stateBackend=rocksdb", "--stateMemory=1", "--managedMemory=1048576");
        round.with("--stateDir=" + round.place().state());
      }
      OwnProcess life = full(round, disk, round.start(), Duration.ofMillis(500));
      life = full(round, disk, life, Duration.ofSeconds(15));
      Verdict verdict = round.finish(life);
      life.close();
      figures.add(verdict);
    }
    return figures.line();
  }

  private Path folder(Round round) {
    return working ? round.place().state() : round.place().checkpoints();
  }

  private static OwnProcess full(Round round, Disk disk, OwnProcess life, Duration howLong) {
    round.awaitProgress(life);
    disk.fill();
    if (!life.awaitLog("No space left", LIMIT)) {
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
