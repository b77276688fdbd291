package io.purlin.nativerunner.checkpoint.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredPart;
import io.purlin.sdk.connector.CheckpointId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Writes checkpoints whose content follows from their number, and knows them again. */
final class SampleJob {
  static final Path ROOT = Path.of("/checkpoints");
  static final String NAME = "sample";
  static final Path JOB = ROOT.resolve(NAME);

  /** Of a file that never changes and is linked from one checkpoint to the next. */
  static final String STEADY = "steady";

  /** Last checkpoint whose manifest was durable, and for which the note was begun and durable. */
  long prepared = -1;

  long noting = -1;
  long noted = -1;

  static CheckpointId id(long number) {
    return new CheckpointId(number, "token-" + number);
  }

  /** Checkpoints 0 to {@code last}, each with two tasks' files and a linked one. */
  void run(CheckpointFiles files, long last, int retained) throws IOException {
    try (JobDirectory directory = JobDirectory.open(files, ROOT, NAME)) {
      assertThat(directory.restore(ExternalCommit.none())).isEmpty();
      for (long number = 0; number <= last; number++) {
        checkpoint(directory, number);
        directory.deleteOlder(id(number), retained);
      }
    }
  }

  void checkpoint(JobDirectory directory, long number) throws IOException {
    CheckpointWriter writer = directory.begin(id(number), 1_000 * number, 128);
    for (int task = 0; task < 2; task++) {
      file(writer, "task-" + task, number, task);
    }
    if (number == 0) {
      file(writer, STEADY, 0, 9);
    } else {
      writer.link(directory.read(id(number - 1)), STEADY, part -> true);
    }
    writer.write();
    prepared = number;
    noting = number;
    directory.noteCommitted(id(number));
    noted = number;
  }

  private static void file(CheckpointWriter writer, String name, long number, int task)
      throws IOException {
    try (TaskFileWriter file = writer.file(name)) {
      for (PartSpec.Kind kind : new PartSpec.Kind[] {PartSpec.Kind.TASK, PartSpec.Kind.OPERATOR}) {
        PartScope scope = PartScope.keyGroups(task * 10, task * 10 + 9);
        file.part(
            new PartSpec("step/" + name, kind, scope, Map.of("key coder", "utf8")),
            out -> out.write(content(number, task, kind)));
      }
      file.finish();
    }
  }

  static byte[] content(long number, int task, PartSpec.Kind kind) {
    byte[] bytes = new byte[100 + 20 * task];
    new Random(number * 1_000 + task * 10L + kind.name().length()).nextBytes(bytes);
    return bytes;
  }

  /** Reads all parts, and fails unless they are those of exactly this checkpoint. */
  static void assertIsExactly(CheckpointReader reader, long number) throws IOException {
    assertThat(reader.id()).isEqualTo(id(number));
    assertThat(reader.manifest().parts()).hasSize(6);
    for (StoredPart part : reader.manifest().parts()) {
      int task = part.spec().scope().first() / 10;
      try (InputStream in = reader.open(part)) {
        assertThat(in.readAllBytes())
            .as("%s of %s", part.spec(), reader.id())
            .isEqualTo(content(task == 9 ? 0 : number, task, part.spec().kind()));
      }
    }
  }

  static Optional<CheckpointReader> restore(CheckpointFiles files, ExternalCommit external)
      throws IOException {
    try (JobDirectory directory = JobDirectory.open(files, ROOT, NAME)) {
      return directory.restore(external);
    }
  }
}
