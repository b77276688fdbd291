package io.purlin.nativerunner.restart;

import static io.purlin.nativerunner.restart.Disturbed.TICKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.NativeRunnerTools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints of every released format stay restorable: each has a fixture among the resources, and
 * a job that goes on from it must come to the results of one that was never stopped.
 *
 * <p>{@code ./dev fixture} writes that of the current format anew, which is right as long as no
 * release has written it. The pipeline must not change, but in ways that a restart allows.
 */
class FixtureTest {
  private static final Path RESOURCES = Path.of("src", "test", "resources", "checkpoints");
  private static final Path CURRENT = RESOURCES.resolve("current");
  private static final String WRITE = "purlin.writeFixture";
  private static final int VERSION_AT = 8;

  @TempDir Path folder;

  @BeforeAll
  static void write(@TempDir Path folder) throws IOException {
    if (Boolean.getBoolean(WRITE)) {
      writeTo(folder);
    }
  }

  @AfterEach
  void free() {
    Ticks.ALLOWED.set(Long.MAX_VALUE);
  }

  private static void pipeline(Pipeline pipeline) {
    PCollection<KV<Long, Long>> keyed =
        pipeline
            .apply("Read", Read.from(new Ticks("ticks", 2, TICKS)))
            .apply("MoreKeys", ParDo.of(new RestartStateTest.MoreKeys()));
    PCollection<KV<Long, Long>> windowed =
        keyed.apply("Fixed", Window.into(FixedWindows.of(Duration.millis(TICKS / 2))));
    windowed
        .apply("State", ParDo.of(new RestartStateTest.Keeps()))
        .apply("StateOut", ParDo.of(new Outputs<>("state")));
    windowed.apply("Count", Count.perKey()).apply("CountOut", ParDo.of(new Outputs<>("counts")));
    keyed
        .apply("Sessions", Window.into(Sessions.withGapDuration(Duration.millis(3))))
        .apply("Group", GroupByKey.create())
        .apply("GroupOut", ParDo.of(new RestartGroupingTest.Sorted("groups")));
  }

  @Test
  void aJobGoesOnFromTheCurrentFormat() throws IOException {
    Map<String, Long> undisturbed =
        new Kept(folder.resolve("whole"), FixtureTest::pipeline, null).runToEnd(null);
    Kept kept = fixture();

    assertThat(undisturbed).hasSizeGreaterThan(20);
    assertThat(kept.runToEnd(null)).isEqualTo(undisturbed);
  }

  @Test
  void aFormatOfTheFutureIsRefusedAndNamesTheReleaseAsWhatToChange() throws IOException {
    Kept kept = fixture();
    Path manifest = kept.newest().resolve("MANIFEST");
    byte[] bytes = Files.readAllBytes(manifest);
    ByteBuffer.wrap(bytes).putInt(VERSION_AT, 1_000);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - Integer.BYTES);
    ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, (int) crc.getValue());
    Files.write(manifest, bytes);

    assertThatThrownBy(() -> kept.runToEnd(null))
        .hasMessageContaining(manifest.toString())
        .hasMessageContaining("has format 1000")
        .hasMessageContaining("Run the release that wrote it");
  }

  /** A job whose directory holds the fixture. */
  private Kept fixture() throws IOException {
    Kept kept = new Kept(folder.resolve("restored"), FixtureTest::pipeline, null);
    try (Stream<Path> checkpoints = Files.list(CURRENT)) {
      for (Path each : checkpoints.toList()) {
        Kept.copy(each, kept.job().resolve(each.getFileName()));
      }
    }
    assertThat(new NativeRunnerTools().verifyCheckpoints(kept.job()).whole()).isTrue();
    return kept;
  }

  private static void writeTo(Path folder) throws IOException {
    Kept kept = new Kept(folder, FixtureTest::pipeline, null);
    kept.runTo(TICKS / 3, null);
    Files.createDirectories(CURRENT);
    try (Stream<Path> old = Files.walk(CURRENT)) {
      for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
    Kept.copy(kept.newest(), CURRENT.resolve(kept.newest().getFileName()));
  }
}
