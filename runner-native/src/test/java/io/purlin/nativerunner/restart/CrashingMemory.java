package io.purlin.nativerunner.restart;

import io.purlin.nativerunner.checkpoint.storage.ExternalCommit;
import io.purlin.nativerunner.job.CheckpointStore;
import io.purlin.nativerunner.task.TaskSnapshot;
import io.purlin.sdk.connector.CheckpointId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints in memory that crash the job a number of times, each time one to three commits after
 * the last: with the commit, before any task has heard of it, or when the next checkpoint is to be
 * written, after all that follows from the commit. They let {@link Ticks} go on with every commit
 * and to their end when that is over. Used by one job's thread at a time.
 */
final class CrashingMemory implements CheckpointStore {
  private static final int MOST_COMMITS = 3;

  private final Random random;
  private final long step;
  private int crashesLeft;
  private int commitsLeft;
  private boolean crashesAtWrite;
  private int restores;
  private @Nullable Stored written;
  private @Nullable Stored committed;

  /** The crash. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Crash(int left) {
      super("crash, " + left + " to come");
    }
  }

  /**
   * @param random says when to crash
   * @param crashes how often
   * @param ticks of each split
   */
  CrashingMemory(Random random, int crashes, long ticks) {
    this.random = random;
    this.crashesLeft = crashes;
    this.step = ticks / ((long) MOST_COMMITS * crashes);
    this.commitsLeft = 1 + random.nextInt(MOST_COMMITS);
    Ticks.ALLOWED.set(random.nextInt(2) * step);
  }

  @Override
  public Optional<Stored> restore(ExternalCommit external) {
    restores += committed == null ? 0 : 1;
    return Optional.ofNullable(committed);
  }

  @Override
  public long newestNumber() {
    return written == null ? 0 : written.id().number();
  }

  @Override
  public void write(CheckpointId id, List<TaskSnapshot> tasks) {
    if (crashesAtWrite) {
      crashesAtWrite = false;
      throw crash();
    }
    written = Stored.of(id, tasks, committed);
  }

  @Override
  public void noteCommitted(CheckpointId id) {
    committed = written;
    if (crashesLeft == 0) {
      return;
    }
    Ticks.ALLOWED.addAndGet(1 + random.nextInt((int) step));
    if (--commitsLeft == 0) {
      commitsLeft = 1 + random.nextInt(MOST_COMMITS);
      if (random.nextBoolean()) {
        crashesAtWrite = true;
      } else {
        throw crash();
      }
    }
  }

  private Crash crash() {
    crashesLeft--;
    if (crashesLeft == 0) {
      Ticks.ALLOWED.set(Long.MAX_VALUE);
    }
    return new Crash(crashesLeft);
  }

  @Override
  public void deleteOlder(CheckpointId newest, int retained) {}

  @Override
  public void discard(CheckpointId id) {}

  @Override
  public void close() {}

  int restores() {
    return restores;
  }
}
