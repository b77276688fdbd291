package io.purlin.nativerunner.checkpoint.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.checkpoint.storage.MemoryFiles.Survival;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The power goes off within every single operation; the disk runs full after every byte. */
class PowerCutTest {
  private static final int LAST = 3;
  private static final int SEEDS = 20;

  @ParameterizedTest
  @CsvSource({"NOTHING,false", "EVERYTHING,false", "SOME,false", "NOTHING,true", "SOME,true"})
  void everyOperationLeavesTheCheckpointBeforeOrTheOneAfter(Survival survival, boolean external)
      throws IOException {
    MemoryFiles whole = new MemoryFiles();
    new SampleJob().run(whole, LAST, 1);
    assertThat(whole.operations()).isGreaterThan(60);
    for (int cut = 0; cut < whole.operations(); cut++) {
      for (int seed = 0; seed < (survival == Survival.SOME ? SEEDS : 1); seed++) {
        Random random = new Random(cut * 1_000L + seed);
        SampleJob job = new SampleJob();
        MemoryFiles files = new MemoryFiles();
        files.cutAt(cut, random);
        assertThatThrownBy(() -> job.run(files, LAST, 1)).isInstanceOf(IOException.class);
        MemoryFiles left = files.afterPowerCut(survival, random);
        left = cutAgain(left, job, external, random);
        Optional<CheckpointReader> restored = SampleJob.restore(left, commit(job, external));
        long number = number(restored);
        if (external) {
          assertThat(number).as("cut %s seed %s", cut, seed).isEqualTo(job.prepared);
        } else {
          assertThat(number).as("cut %s seed %s", cut, seed).isIn(job.noted, job.noting);
        }
        if (restored.isPresent()) {
          SampleJob.assertIsExactly(restored.get(), number);
          restored.get().verify();
        }
        StringBuilder text = new StringBuilder();
        boolean sound = new CheckpointInspector(left, SampleJob.JOB).verifyAll(text);
        assertThat(sound).as("half a checkpoint was left: %s", text).isTrue();
        goesOn(left, number);
      }
    }
  }

  /** What a process has made and not synced is found by the next one, which must not trust it. */
  @Test
  void aCheckpointAfterAKillSurvivesThePowerCutThatFollows() throws IOException {
    MemoryFiles whole = new MemoryFiles();
    new SampleJob().run(whole, LAST, 1);
    for (int killed = 0; killed < whole.operations(); killed++) {
      Random random = new Random(killed);
      MemoryFiles files = new MemoryFiles();
      files.cutAt(killed, random);
      assertThatThrownBy(() -> new SampleJob().run(files, LAST, 1)).isInstanceOf(IOException.class);
      MemoryFiles left = files.afterKill();
      long next = 1 + number(SampleJob.restore(left, ExternalCommit.none()));
      try (JobDirectory directory = JobDirectory.open(left, SampleJob.ROOT, SampleJob.NAME)) {
        new SampleJob().checkpoint(directory, next);
      }
      MemoryFiles afterwards = left.afterPowerCut(Survival.NOTHING, random);
      assertThat(number(SampleJob.restore(afterwards, ExternalCommit.none())))
          .as("killed within operation %s", killed)
          .isEqualTo(next);
    }
  }

  private static long number(Optional<CheckpointReader> restored) {
    return restored.map(reader -> reader.id().number()).orElse(-1L);
  }

  /** The external commit follows at once when the checkpoint is prepared. */
  private static ExternalCommit commit(SampleJob job, boolean external) {
    return external
        ? ExternalCommit.answered(
            job.prepared < 0 ? Optional.empty() : Optional.of(SampleJob.id(job.prepared)))
        : ExternalCommit.none();
  }

  /** The power goes off again, somewhere in the restart. */
  private static MemoryFiles cutAgain(
      MemoryFiles files, SampleJob job, boolean external, Random random) {
    files.cutAt(random.nextInt(8), random);
    try {
      assertThat(SampleJob.restore(files, commit(job, external))).isNotNull();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("power");
    }
    return files.afterPowerCut(Survival.SOME, random);
  }

  /** A job that restarted takes further checkpoints and leaves nothing behind. */
  private static void goesOn(MemoryFiles files, long restored) throws IOException {
    try (JobDirectory directory = JobDirectory.open(files, SampleJob.ROOT, SampleJob.NAME)) {
      new SampleJob().checkpoint(directory, restored + 1);
      directory.deleteOlder(SampleJob.id(restored + 1), 1);
    }
    assertThat(files.list(SampleJob.JOB)).containsExactly("chk-" + (restored + 1));
    SampleJob.assertIsExactly(
        SampleJob.restore(files, ExternalCommit.none()).orElseThrow(), restored + 1);
  }

  @Test
  void aFullDiskLeavesTheOlderCheckpointIntact() throws IOException {
    for (int free = 0; free < 800; free += 7) {
      MemoryFiles files = new MemoryFiles();
      new SampleJob().run(files, 1, 1);
      try (JobDirectory directory = JobDirectory.open(files, SampleJob.ROOT, SampleJob.NAME)) {
        files.free(free);
        assertThatThrownBy(() -> new SampleJob().checkpoint(directory, 2))
            .hasMessageContaining("no space left");
        directory.discard(SampleJob.id(2));
        files.free(Long.MAX_VALUE);
        assertThat(files.list(SampleJob.JOB)).containsExactly("chk-1");
        SampleJob.assertIsExactly(directory.read(SampleJob.id(1)), 1);
        new SampleJob().checkpoint(directory, 3 - 1);
        SampleJob.assertIsExactly(directory.read(SampleJob.id(2)), 2);
      }
    }
  }
}
