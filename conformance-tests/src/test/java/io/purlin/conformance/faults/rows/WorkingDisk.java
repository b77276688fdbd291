package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.stage.Disk;
import io.purlin.conformance.faults.stage.Load;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;

/**
 * F17. The disk of RocksDB's files is full for a moment, and for long, finds an error in itself and
 * becomes read-only, or fails altogether. The job says so and goes on from its checkpoint: by
 * itself where the disk comes back while it still tries, and else when it is started again.
 */
final class WorkingDisk implements Row {
  /** RocksDB lays 4 MB aside for its manifest alone, and as much again for files it merges. */
  private static final int DISK_MEGABYTES = 64;

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(15);

  @Override
  public String id() {
    return "F17";
  }

  @Override
  public String what() {
    return "the disk of RocksDB's files is full, read-only, broken";
  }

  @Override
  public String play(Stage stage, Settings settings) {
    if (!Disk.isPossible()) {
      return "NOT PLAYED: needs the right to mount, mkfs.ext4 and python3";
    }
    Random random = settings.random(this);
    Figures figures = new Figures();
    try (Round round = round(stage, random);
        Disk disk = Disk.memory(round.place().state(), DISK_MEGABYTES)) {
      OwnProcess life = round.start();
      for (Duration howLong : new Duration[] {MOMENT, LONG}) {
        round.awaitProgress(life);
        int logged = life.log().length();
        disk.fill();
        requireTold(life, "No space left", logged);
        OptionalInt ended = life.awaitExit(howLong);
        disk.free();
        life = goOn(round, life, ended);
        figures.count("faults", 1);
      }
      figures.add(round.finish(life));
      life.close();
    }
    broken(stage, random, figures, "Read-only file system", Disk::becomeReadOnly);
    broken(stage, random, figures, "Input/output error", Disk::cut);
    return figures.line();
  }

  private static Round round(Stage stage, Random random) {
    Round round = stage.round("F17", Load.ORDINARY, Settings.seed(random));
    return round.with(
        "--stateBackend=rocksdb",
        "--stateMemory=1",
        "--managedMemory=1048576",
        "--stateDir=" + round.place().state());
  }

  /** What only starting the machine again can mend: the job must give up, and say why. */
  private static void broken(
      Stage stage, Random random, Figures figures, String told, Consumer<Disk> fault) {
    try (Round round = round(stage, random);
        Disk disk = Disk.ext4(round.place().state(), DISK_MEGABYTES)) {
      OwnProcess life = round.start();
      round.awaitProgress(life);
      fault.accept(disk);
      requireTold(life, told, 0);
      round.expectExit(life, 1, LIMIT);
      disk.powerOn();
      OwnProcess next = round.start();
      round.awaitProgress(next);
      figures.add(round.finish(next));
      figures.count("faults", 1);
      next.close();
    }
  }

  private static void requireTold(OwnProcess life, String text, int after) {
    if (!life.awaitLog(text, after, LIMIT)) {
      throw new Violation("the runner should tell of \"" + text + "\"\n" + life.logTail());
    }
  }

  private static OwnProcess goOn(Round round, OwnProcess life, OptionalInt ended) {
    if (ended.isPresent() && ended.getAsInt() == 0) {
      throw new Violation("the runner ends as if all were well\n" + life.logTail());
    }
    OwnProcess next = ended.isPresent() ? round.start() : life;
    round.awaitProgress(next);
    return next;
  }
}
