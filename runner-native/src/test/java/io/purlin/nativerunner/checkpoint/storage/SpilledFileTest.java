package io.purlin.nativerunner.checkpoint.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredPart;
import io.purlin.sdk.connector.CheckpointId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpilledFileTest {
  private static final Path DIRECTORY = Path.of("/checkpoints");
  private static final String JOB = "job";
  private static final Path SPILL = DIRECTORY.resolve(JOB).resolve(SpillDirectory.NAME);
  private static final CheckpointId FIRST = new CheckpointId(1, "a".repeat(32));
  private static final CheckpointId SECOND = new CheckpointId(2, "b".repeat(32));
  private static final PartSpec PART =
      new PartSpec("step", PartSpec.Kind.OPERATOR, PartScope.subtask(0), Map.of());

  private final MemoryFiles files = new MemoryFiles();

  @Test
  void becomesAPartOfItsCheckpointWithoutBeingCopied() throws IOException {
    JobDirectory job = JobDirectory.open(files, DIRECTORY, JOB);
    byte[] bytes = bytes(1, 300_000);

    write(job, FIRST, spilled(job, 1, bytes));
    CheckpointReader reader = job.restore(ExternalCommit.none()).orElseThrow();

    StoredPart part = reader.manifest().parts().get(0);
    try (InputStream in = reader.open(part)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    reader.verify();
    assertThat(files.list(SPILL)).isEmpty();
  }

  @Test
  void ofACheckpointThatIsGivenUpIsDeleted() throws IOException {
    JobDirectory job = JobDirectory.open(files, DIRECTORY, JOB);
    spilled(job, 1, bytes(1, 100));
    SpilledFile later = spilled(job, 2, bytes(2, 100));

    job.discard(FIRST);

    assertThat(files.list(SPILL)).containsExactly(String.valueOf(later.path().getFileName()));
    write(job, SECOND, later);
    spilled(job, 2, bytes(3, 100));
    job.deleteOlder(SECOND, 1);
    assertThat(files.list(SPILL)).as("files of a task that was late").isEmpty();
  }

  @Test
  void aDiskThatIsFullFailsTheCheckpointAndNotTheWriter() throws IOException {
    JobDirectory job = JobDirectory.open(files, DIRECTORY, JOB);
    files.free(100_000);

    SpilledFile file = spilled(job, 1, bytes(1, 300_000));

    assertThatThrownBy(() -> write(job, FIRST, file)).hasMessageContaining("no space left");
    files.free(Long.MAX_VALUE);
    job.discard(FIRST);
    assertThat(files.list(SPILL)).isEmpty();
    assertThat(job.newestNumber()).isZero();
  }

  @Test
  void aPowerCutAtAnyMomentLeavesAWholeCheckpointAndNoFileBehind() throws IOException {
    int operations = scenario(new MemoryFiles());
    int restored = 0;
    for (int at = 0; at < operations; at++) {
      for (MemoryFiles.Survival survival : MemoryFiles.Survival.values()) {
        Random random = new Random(at);
        MemoryFiles cut = new MemoryFiles();
        cut.cutAt(at, random);
        assertThatThrownBy(() -> scenario(cut)).isInstanceOf(IOException.class);
        MemoryFiles after = cut.afterPowerCut(survival, random);
        JobDirectory job = JobDirectory.open(after, DIRECTORY, JOB);
        var found = job.restore(ExternalCommit.none());
        if (found.isPresent()) {
          restored++;
          found.get().verify();
        }
        assertThat(after.exists(SPILL) ? after.list(SPILL) : List.of())
            .as("left by a cut at %d, %s", at, survival)
            .isEmpty();
      }
    }
    assertThat(restored).isPositive();
  }

  /** Two checkpoints and a part that no checkpoint takes; how many operations that takes. */
  private static int scenario(MemoryFiles files) throws IOException {
    JobDirectory job = JobDirectory.open(files, DIRECTORY, JOB);
    write(job, FIRST, spilled(job, 1, bytes(1, 100_000)));
    spilled(job, 2, bytes(2, 10));
    write(job, SECOND, spilled(job, 2, bytes(3, 100_000)));
    job.deleteOlder(SECOND, 1);
    return files.operations();
  }

  private static SpilledFile spilled(JobDirectory job, long checkpoint, byte[] bytes)
      throws IOException {
    SpilledFile file = job.spill().begin(checkpoint);
    int half = bytes.length / 2;
    file.write(bytes, 0, half);
    file.write(bytes[half]);
    file.write(bytes, half + 1, bytes.length - half - 1);
    file.close();
    return file;
  }

  private static void write(JobDirectory job, CheckpointId id, SpilledFile part)
      throws IOException {
    CheckpointWriter writer = job.begin(id, 0, 128);
    writer.adopt("state-" + id.number() + ".0", PART, part);
    writer.write();
    job.noteCommitted(id);
  }

  private static byte[] bytes(long seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
