package io.purlin.nativerunner.checkpoint.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to the bytes on disk, it is noticed and named, or the right bytes come out. */
class DamageTest {
  private static final byte LATER = SealedFile.FORMAT_VERSION + 1;
  private static final int TRIALS = 2_000;
  private static final int NEWEST = 2;

  private final MemoryFiles whole = new MemoryFiles();
  private final List<Path> all = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    new SampleJob().run(whole, NEWEST, 2);
    for (String checkpoint : whole.list(SampleJob.JOB)) {
      for (String file : whole.list(SampleJob.JOB.resolve(checkpoint))) {
        all.add(SampleJob.JOB.resolve(checkpoint).resolve(file));
      }
    }
    assertThat(all).hasSize(10);
  }

  @Test
  void everyFlippedBitAndEveryTruncationIsDetected() throws IOException {
    Random random = new Random(43);
    int refused = 0;
    int older = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      MemoryFiles files = whole.copy();
      Path file = all.get(random.nextInt(all.size()));
      files.replace(file, damaged(files.content(file), random));

      StringBuilder text = new StringBuilder();
      assertThat(new CheckpointInspector(files, SampleJob.JOB).verifyAll(text))
          .as("trial %s on %s", trial, file)
          .isFalse();
      assertThat(text.toString()).contains(file.toString());
      try {
        CheckpointReader reader = restore(files, trial % 2 == 0);
        boolean mayBeOlder = trial % 2 != 0;
        older += reader.id().number() == NEWEST ? 0 : 1;
        SampleJob.assertIsExactly(reader, mayBeOlder ? reader.id().number() : NEWEST);
      } catch (CheckpointCorruptException e) {
        refused++;
        assertThat(e).hasMessageContaining(file.toString());
      }
    }
    assertThat(refused).as("of them those on the newest").isGreaterThan(TRIALS / 8);
    assertThat(older).as("where nothing outside names the newest").isGreaterThan(TRIALS / 8);
  }

  private static CheckpointReader restore(MemoryFiles files, boolean external) throws IOException {
    return SampleJob.restore(
            files,
            external
                ? ExternalCommit.answered(Optional.of(SampleJob.id(NEWEST)))
                : ExternalCommit.none())
        .orElseThrow();
  }

  private static byte[] damaged(byte[] content, Random random) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(content, random.nextInt(content.length));
    }
    byte[] flipped = content.clone();
    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }

  @Test
  void everyMissingFileOfTheNewestIsNamed() throws IOException {
    for (Path file : all) {
      String name = String.valueOf(file.getFileName());
      if (!file.startsWith(SampleJob.JOB.resolve("chk-2")) || name.equals(JobLayout.COMMITTED)) {
        continue;
      }
      MemoryFiles files = alone();
      files.delete(file);
      assertThatThrownBy(() -> SampleJob.assertIsExactly(restore(files, false), NEWEST))
          .isInstanceOf(CheckpointCorruptException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("missing");
    }
  }

  @Test
  void anUnknownFormatIsNamed() throws IOException {
    Path manifest = SampleJob.JOB.resolve("chk-2").resolve(JobLayout.MANIFEST);
    byte[] bytes = whole.content(manifest);
    bytes[11] = LATER;
    whole.replace(manifest, bytes);
    assertThatThrownBy(() -> restore(whole, true))
        .isInstanceOf(CheckpointCorruptException.class)
        .hasMessageContaining(manifest.toString())
        .hasMessageContaining("format 4; this release reads format 3");
  }

  /** Nothing is wrong with it, so that nothing older may take its place. */
  @Test
  void aWholeCheckpointOfANewerReleaseIsRefusedThoughThereIsAnOlderOne() throws IOException {
    Path manifest = SampleJob.JOB.resolve("chk-2").resolve(JobLayout.MANIFEST);
    byte[] bytes = whole.content(manifest);
    bytes[11] = LATER;
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - Integer.BYTES);
    ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, (int) crc.getValue());
    whole.replace(manifest, bytes);
    assertThatThrownBy(() -> restore(whole, false))
        .isInstanceOf(CheckpointUnavailableException.class)
        .hasMessageContaining(manifest.toString())
        .hasMessageContaining("format 4; this release reads format 3")
        .hasMessageContaining("the release that wrote it");
    assertThat(new CheckpointInspector(whole, SampleJob.JOB).list()).contains("chk-2  UNREADABLE");
  }

  @Test
  void anOlderOneTakesThePlaceOfADamagedOneUnlessTheExternalSystemNamesThat() throws IOException {
    Path file = SampleJob.JOB.resolve("chk-2").resolve("task-1");
    byte[] bytes = whole.content(file);
    bytes[5] ^= 1;
    whole.replace(file, bytes);
    assertThatThrownBy(() -> SampleJob.assertIsExactly(restore(whole, true), NEWEST))
        .isInstanceOf(CheckpointCorruptException.class)
        .hasMessageContaining(file.toString());

    SampleJob.assertIsExactly(restore(whole, false), 1);
    assertThat(whole.list(SampleJob.JOB)).contains("damaged-2").doesNotContain("chk-2");
    try (JobDirectory directory = JobDirectory.open(whole, SampleJob.ROOT, SampleJob.NAME)) {
      assertThat(directory.restore(ExternalCommit.none())).isPresent();
      new SampleJob().checkpoint(directory, 2);
    }
    SampleJob.assertIsExactly(restore(whole, false), 2);
  }

  @Test
  void whereAllAreDamagedTheNewestIsNamedAndNothingIsChanged() throws IOException {
    // The file that both of them link.
    Path file = SampleJob.JOB.resolve("chk-2").resolve(SampleJob.STEADY);
    byte[] bytes = whole.content(file);
    bytes[5] ^= 1;
    whole.replace(file, bytes);
    whole.replace(SampleJob.JOB.resolve("chk-1").resolve(SampleJob.STEADY), bytes);
    List<String> before = whole.list(SampleJob.JOB);
    assertThatThrownBy(() -> restore(whole, false))
        .isInstanceOf(CheckpointCorruptException.class)
        .hasMessageContaining(file.toString());
    assertThat(whole.list(SampleJob.JOB)).isEqualTo(before);
  }

  /** Without the older one, which would else take the place of the newest. */
  private MemoryFiles alone() throws IOException {
    MemoryFiles files = whole.copy();
    Path older = SampleJob.JOB.resolve("chk-1");
    for (String each : files.list(older)) {
      files.delete(older.resolve(each));
    }
    files.delete(older);
    return files;
  }

  @Test
  void aManifestThatPointsOutsideIsRefused() throws IOException {
    Path path = SampleJob.JOB.resolve("chk-2").resolve(JobLayout.MANIFEST);
    Manifest good = restore(whole, true).manifest();
    Manifest.StoredFile file = good.files().get(0);
    Manifest.StoredPart part = good.parts().get(0);
    Manifest.StoredPart beyond =
        new Manifest.StoredPart(part.spec(), part.file(), 8, file.lengthBytes(), 0);
    Manifest.StoredPart huge =
        new Manifest.StoredPart(part.spec(), part.file(), 8, Long.MAX_VALUE, 0);
    for (Manifest.StoredPart bad : List.of(beyond, huge)) {
      put(path, new Manifest("sample", good.id(), 0, 1, List.of(file), List.of(bad)));
      assertThatThrownBy(() -> restore(whole, true)).hasMessageContaining("would be");
    }
    for (String name :
        List.of("../chk-1/task-0", "/etc/passwd", "..", "", ".hidden", "COMMITTED")) {
      Manifest.StoredFile outside = new Manifest.StoredFile(name, 1, 0);
      put(path, new Manifest("sample", good.id(), 0, 1, List.of(outside), List.of()));
      assertThatThrownBy(() -> restore(whole, true))
          .isInstanceOf(CheckpointCorruptException.class)
          .hasMessageContaining("names the file");
    }
  }

  private void put(Path path, Manifest manifest) throws IOException {
    SealedFile.write(whole, path, ManifestFile.encode(manifest));
  }
}
