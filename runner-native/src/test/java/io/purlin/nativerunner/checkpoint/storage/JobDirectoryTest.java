package io.purlin.nativerunner.checkpoint.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.NativeRunnerTools;
import io.purlin.sdk.connector.CheckpointId;
import io.purlin.sdk.tool.RunnerTools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a run restores and what it keeps; on a real file system where that matters. */
class JobDirectoryTest {
  private final MemoryFiles memory = new MemoryFiles();

  private Optional<CheckpointReader> restore(CheckpointId marker) throws IOException {
    return SampleJob.restore(memory, ExternalCommit.answered(Optional.of(marker)));
  }

  @Test
  void exactlyTheCheckpointThatTheMarkerNamesOrAnError() throws IOException {
    new SampleJob().run(memory, 4, 3);
    assertThat(restore(SampleJob.id(4)).orElseThrow().id()).isEqualTo(SampleJob.id(4));
    assertThatThrownBy(() -> restore(new CheckpointId(4, "other")))
        .isInstanceOf(CheckpointUnavailableException.class)
        .hasMessageContaining("4 (other)")
        .hasMessageContaining("4 (token-4)");
    assertThatThrownBy(() -> restore(SampleJob.id(5)))
        .isInstanceOf(CheckpointUnavailableException.class)
        .hasMessageContaining("lacks checkpoint 5")
        .hasMessageContaining("[2, 3, 4]");
    assertThatThrownBy(() -> restore(SampleJob.id(3)))
        .isInstanceOf(CheckpointUnavailableException.class)
        .hasMessageContaining("put back to an older time");
    assertThatThrownBy(() -> SampleJob.restore(memory, ExternalCommit.answered(Optional.empty())))
        .isInstanceOf(CheckpointUnavailableException.class)
        .hasMessageContaining("marker is lost");
    assertThat(memory.list(SampleJob.JOB)).containsExactly("chk-2", "chk-3", "chk-4");
  }

  @Test
  void aPreparedCheckpointCountsOnlyWhenTheMarkerNamesIt() throws IOException {
    new SampleJob().run(memory, 1, 2);
    memory.delete(SampleJob.JOB.resolve("chk-1").resolve(JobLayout.COMMITTED));
    MemoryFiles named = memory.copy();
    ExternalCommit one = ExternalCommit.answered(Optional.of(SampleJob.id(1)));
    SampleJob.assertIsExactly(SampleJob.restore(named, one).orElseThrow(), 1);
    assertThat(named.exists(SampleJob.JOB.resolve("chk-1").resolve(JobLayout.COMMITTED))).isTrue();

    SampleJob.assertIsExactly(SampleJob.restore(memory, ExternalCommit.none()).orElseThrow(), 0);
    assertThat(memory.list(SampleJob.JOB)).containsExactly("chk-0");
  }

  @Test
  void aNewJobStartsFromItsBeginningWhateverTheSystemAnswersAboutZero() throws IOException {
    assertThat(restore(SampleJob.id(0))).isEmpty();
    assertThat(SampleJob.restore(memory, ExternalCommit.answered(Optional.empty()))).isEmpty();
    assertThatThrownBy(() -> restore(SampleJob.id(1))).hasMessageContaining("lacks checkpoint 1");
  }

  @Test
  void theNewestCommittedOnesAreKeptAndUnfinishedOnesBeforeThemGo() throws IOException {
    try (JobDirectory directory = JobDirectory.open(memory, SampleJob.ROOT, SampleJob.NAME)) {
      SampleJob job = new SampleJob();
      for (int number = 0; number < 5; number++) {
        job.checkpoint(directory, number);
      }
      assertThat(directory.begin(SampleJob.id(5), 0, 1).id()).isEqualTo(SampleJob.id(5));
      directory.deleteOlder(SampleJob.id(4), 2);
      assertThat(memory.list(SampleJob.JOB)).containsExactly("chk-3", "chk-4", "chk-5");
      assertThatThrownBy(() -> directory.discard(SampleJob.id(4)))
          .isInstanceOf(IllegalStateException.class);
      directory.discard(SampleJob.id(5));
      directory.discard(SampleJob.id(5));
      assertThat(memory.list(SampleJob.JOB)).containsExactly("chk-3", "chk-4");
    }
  }

  @Test
  void aManifestIsNotWrittenWhileAFileIsOpen() throws IOException {
    try (JobDirectory directory = JobDirectory.open(memory, SampleJob.ROOT, SampleJob.NAME)) {
      CheckpointWriter writer = directory.begin(SampleJob.id(1), 0, 1);
      try (TaskFileWriter file = writer.file("task-0")) {
        assertThatThrownBy(writer::write).hasMessageContaining("lacks its files [task-0]");
        assertThatThrownBy(() -> writer.file("task-0")).hasMessageContaining("already");
        file.finish();
      }
      assertThat(writer.write().files()).hasSize(1);
      assertThatThrownBy(() -> writer.file("task-1")).hasMessageContaining("is written");
      assertThatThrownBy(() -> writer.file("../x")).hasMessageContaining("no name");
    }
  }

  @Test
  void aCheckpointThatIsNamedByItsPlaceIsCopiedUnderANameOfThisJob() throws IOException {
    new SampleJob().run(memory, 3, 2);
    try (JobDirectory other = JobDirectory.open(memory, SampleJob.ROOT, "other")) {
      CheckpointPlace older = other.find(SampleJob.JOB.resolve("chk-2"));
      CheckpointPlace newest = other.find(SampleJob.JOB);
      assertThat(newest.reader().id()).isEqualTo(SampleJob.id(3));
      assertThat(older.committed()).isTrue();
      other.copy(older.reader(), SampleJob.id(7), 70);
      other.noteCommitted(SampleJob.id(7));
    }
    try (JobDirectory other = JobDirectory.open(memory, SampleJob.ROOT, "other")) {
      CheckpointReader copy = other.restore(ExternalCommit.none()).orElseThrow();
      copy.verify();
      assertThat(copy.id()).isEqualTo(SampleJob.id(7));
      assertThat(copy.manifest().parts())
          .isEqualTo(other.find(SampleJob.JOB.resolve("chk-2")).reader().manifest().parts());
      assertThatThrownBy(() -> other.find(SampleJob.ROOT))
          .isInstanceOf(CheckpointUnavailableException.class)
          .hasMessageContaining("holds no checkpoint");
    }
  }

  @Test
  void namesOfJobsThatAreNoNamesOfDirectoriesAreWrittenOut() {
    Path root = Path.of("/c");
    assertThat(JobLayout.job(root, "my-job_1.b")).isEqualTo(root.resolve("my-job_1.b"));
    assertThat(JobLayout.job(root, "../x/y z")).isEqualTo(root.resolve("%2E.%2Fx%2Fy%20z"));
  }

  @Test
  void unchangedFilesAreLinkedAndOutliveTheirFirstCheckpoint(@TempDir Path root)
      throws IOException {
    CheckpointFiles files = new NioCheckpointFiles();
    try (JobDirectory directory = JobDirectory.open(files, root.resolve("a/b"), "links")) {
      SampleJob job = new SampleJob();
      job.checkpoint(directory, 0);
      job.checkpoint(directory, 1);
      Path first = directory.path().resolve("chk-0").resolve(SampleJob.STEADY);
      Path second = directory.path().resolve("chk-1").resolve(SampleJob.STEADY);
      assertThat(Files.getAttribute(first, "unix:ino"))
          .isEqualTo(Files.getAttribute(second, "unix:ino"));
      directory.deleteOlder(SampleJob.id(1), 1);
      assertThat(first).doesNotExist();
      SampleJob.assertIsExactly(directory.read(SampleJob.id(1)), 1);
      directory.read(SampleJob.id(1)).verify();
    }
  }

  @Test
  void largePartsAreCheckedBeforeTheFirstByte(@TempDir Path root) throws IOException {
    byte[] large = new byte[3 << 20];
    large[large.length - 1] = 5;
    PartSpec spec = new PartSpec("s", PartSpec.Kind.OPERATOR, PartScope.subtask(0), Map.of());
    try (JobDirectory directory = JobDirectory.open(new NioCheckpointFiles(), root, "large")) {
      CheckpointWriter writer = directory.begin(SampleJob.id(1), 0, 1);
      try (TaskFileWriter file = writer.file("t")) {
        file.part(spec, out -> out.write(1));
        file.part(spec, out -> out.write(large));
        file.finish();
      }
      writer.write();
      CheckpointReader reader = directory.read(SampleJob.id(1));
      List<Manifest.StoredPart> parts = reader.parts("s", PartSpec.Kind.OPERATOR);
      try (InputStream in = reader.open(parts.get(1))) {
        assertThat(in.readAllBytes()).isEqualTo(large);
      }
      Path path = directory.path().resolve("chk-1").resolve("t");
      byte[] bytes = Files.readAllBytes(path);
      bytes[bytes.length - 1] ^= 1;
      Files.write(path, bytes);
      assertThatThrownBy(() -> reader.open(parts.get(1)))
          .isInstanceOf(CheckpointCorruptException.class)
          .hasMessageContaining("CRC32C over 1 to " + bytes.length);
      try (InputStream in = reader.open(parts.get(0))) {
        assertThat(in.readAllBytes()).containsExactly(1);
      }
    }
  }

  @Test
  void aSymbolicLinkIsNotFollowed(@TempDir Path root) throws IOException {
    try (JobDirectory directory = JobDirectory.open(new NioCheckpointFiles(), root, "s")) {
      new SampleJob().checkpoint(directory, 0);
      Path task = directory.path().resolve("chk-0").resolve("task-0");
      Path elsewhere = root.resolve("elsewhere");
      Files.move(task, elsewhere);
      Files.createSymbolicLink(task, elsewhere);
      assertThatThrownBy(() -> directory.read(SampleJob.id(0)).verify())
          .isInstanceOf(CheckpointCorruptException.class)
          .hasMessageContaining("not a regular file");
    }
  }

  @Test
  void aSecondRunInThisProcessIsRefusedAndDoesNotFreeTheLock(@TempDir Path root)
      throws IOException {
    CheckpointFiles files = new NioCheckpointFiles();
    JobDirectory first = JobDirectory.open(files, root, "locked");
    String pid = String.valueOf(ProcessHandle.current().pid());
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> JobDirectory.open(files, root, "locked"))
          .isInstanceOf(CheckpointUnavailableException.class)
          .hasMessageContaining(first.path().toString())
          .hasMessageContaining("process " + pid);
    }
    JobDirectory.open(files, root, "another").close();
    first.close();
    JobDirectory.open(files, root, "locked").close();
  }

  @Test
  void aSecondProcessIsRefusedAndToldWhoHoldsTheLock(@TempDir Path root) throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                root.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(holder.getInputStream().read()).as("the other has the lock").isEqualTo('L');
      assertThatThrownBy(() -> JobDirectory.open(new NioCheckpointFiles(), root, "locked"))
          .isInstanceOf(CheckpointUnavailableException.class)
          .hasMessageContaining("process " + holder.pid());
    } finally {
      holder.destroyForcibly();
      assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    JobDirectory.open(new NioCheckpointFiles(), root, "locked").close();
  }

  /** Another process: takes the lock, says so, and waits to be killed. */
  static final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws IOException {
      try (JobDirectory directory =
          JobDirectory.open(new NioCheckpointFiles(), Path.of(arguments[0]), "locked")) {
        System.out.print(directory.path().endsWith("locked") ? 'L' : 'X');
        System.out.flush();
        int end = System.in.read();
        System.out.print(end);
      }
    }
  }

  @Test
  void theToolsListDescribeAndVerify(@TempDir Path root) throws IOException {
    RunnerTools tools = new NativeRunnerTools();
    Path job;
    try (JobDirectory directory = JobDirectory.open(new NioCheckpointFiles(), root, "tool")) {
      new SampleJob().checkpoint(directory, 0);
      new SampleJob().checkpoint(directory, 1);
      job = directory.path();
    }
    Files.createDirectory(job.resolve("chk-2"));
    assertThat(tools.listCheckpoints(job))
        .contains("chk-0  committed  token-0  1970-01-01T00:00:00Z  3 files  6 parts")
        .contains("chk-2  unfinished");
    assertThat(tools.describeCheckpoint(job, 1))
        .contains("checkpoint 1 (token-1)")
        .contains("part step/task-1 (OPERATOR, key groups 10 to 19)  120 bytes in task-1 at 120")
        .contains("key coder: utf8");
    RunnerTools.Verdict before = tools.verifyCheckpoints(job);
    assertThat(before.whole()).isTrue();
    assertThat(before.text()).contains("chk-1  committed  whole: 6 parts");
    Files.write(job.resolve("chk-1").resolve("task-1"), new byte[240]);
    RunnerTools.Verdict after = tools.verifyCheckpoints(job);
    assertThat(after.whole()).isFalse();
    assertThat(after.text()).contains("chk-0  committed  whole");
    assertThatThrownBy(() -> tools.verifyCheckpoint(job, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("task-1")
        .hasMessageContaining("CRC32C");
    assertThatThrownBy(() -> tools.listCheckpoints(root.resolve("none")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no such directory");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aDirectoryThatEveryoneCanChangeIsNotTrusted(@TempDir Path folder) throws IOException {
    CheckpointFiles files = new NioCheckpointFiles();
    JobDirectory.open(files, folder, "job").close();
    Path job = JobLayout.job(folder, "job");
    Files.setPosixFilePermissions(job, PosixFilePermissions.fromString("rwxrwx---"));
    // A volume may belong to a group.
    JobDirectory.open(files, folder, "job").close();
    Files.setPosixFilePermissions(job, PosixFilePermissions.fromString("rwxr-xrwx"));
    assertThatThrownBy(() -> JobDirectory.open(files, folder, "job"))
        .isInstanceOf(CheckpointUnavailableException.class)
        .hasMessageStartingWith(job + " can be changed by every user");

    Path other = Files.createDirectory(folder.resolve("other"));
    Files.createFile(other.resolve(JobLayout.MANIFEST));
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xrwx"));
    assertThatThrownBy(() -> CheckpointPlace.find(files, other))
        .isInstanceOf(CheckpointUnavailableException.class)
        .hasMessageStartingWith(other + " can be changed by every user");
  }
}
