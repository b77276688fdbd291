package io.purlin.nativerunner.restart;

import static io.purlin.nativerunner.restart.Disturbed.TICKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.job.JobSettings.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job begins with a checkpoint that is named by its place. */
class ResumeFromTest {
  @TempDir Path folder;

  private Map<String, Long> undisturbed = Map.of();

  @BeforeEach
  void expect() throws IOException {
    undisturbed = kept("undisturbed", null).runToEnd(null);
    assertThat(undisturbed).isNotEmpty();
  }

  @AfterEach
  void free() {
    Ticks.ALLOWED.set(Long.MAX_VALUE);
  }

  private Kept kept(String name, @Nullable MarkedSink sink) {
    return new Kept(folder.resolve(name), ResumeFromTest::counts, sink);
  }

  private static void counts(Pipeline pipeline) {
    pipeline
        .apply(Read.from(new Ticks("ticks", 2, TICKS)))
        .apply(Window.into(FixedWindows.of(Duration.millis(TICKS / 3))))
        .apply(Count.perKey())
        .apply(ParDo.of(new Outputs<>("counts")));
  }

  @Test
  void anOlderOneOfTheJobItselfOrACopyWithoutTheOthers() throws IOException {
    Kept kept = kept("job", null);
    Path copy = folder.resolve("copy");
    kept.runTo(TICKS / 3, null);
    Kept.copy(kept.newest(), copy);
    kept.runTo(2 * TICKS / 3, null);
    assertThat(kept.newest()).isNotEqualTo(copy);

    assertThat(kept.runToEnd(new Origin(copy, false))).isEqualTo(undisturbed);
    // The end is the job's newest checkpoint now.
    assertThat(kept.runToEnd(null)).isEmpty();
  }

  @Test
  void anotherJobGoesOnFromTheNewestOfADirectory() throws IOException {
    Kept first = kept("first", null);
    first.runTo(TICKS / 3, null);
    Kept second = kept("second", null);
    second.runTo(2 * TICKS / 3, new Origin(first.job(), false));

    assertThat(second.runToEnd(null)).isEqualTo(undisturbed);
  }

  @Test
  void withASinkOutputIsWrittenAgainOnlyWhenThatIsAllowed() throws IOException {
    Kept kept = kept("sink", new MarkedSink());
    Path copy = folder.resolve("older");
    kept.runTo(TICKS / 3, null);
    Kept.copy(kept.newest(), copy);
    kept.runTo(2 * TICKS / 3, null);
    List<Path> before = all(kept.job());
    assertThatThrownBy(() -> kept.runToEnd(new Origin(copy, false)))
        .hasMessageContaining(copy.toString())
        .hasMessageContaining("would be written again")
        .hasMessageContaining("--allowDuplicates");
    assertThat(all(kept.job())).isEqualTo(before);

    assertThat(kept.runToEnd(new Origin(copy, true))).isEqualTo(undisturbed);
  }

  @Test
  void withASinkACopyOfWhatItCommittedLastRepeatsNothing() throws IOException {
    MarkedSink sink = new MarkedSink();
    Kept lost = kept("lost", sink);
    lost.runTo(TICKS / 3, null);

    assertThat(kept("found", sink).runToEnd(new Origin(lost.newest(), false)))
        .isEqualTo(undisturbed);
  }

  @Test
  void whatIsNoCheckpointOrDamagedIsRefusedByName() throws IOException {
    Kept kept = kept("damaged", null);
    kept.runTo(TICKS / 3, null);
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> kept.runToEnd(new Origin(empty, false)))
        .hasMessageContaining(empty.toString())
        .hasMessageContaining("holds no checkpoint");

    Path uncommitted = folder.resolve("uncommitted");
    Kept.copy(kept.newest(), uncommitted);
    Files.delete(uncommitted.resolve("COMMITTED"));
    assertThatThrownBy(() -> kept.runToEnd(new Origin(uncommitted, false)))
        .hasMessageContaining("was never committed");

    Path damaged = folder.resolve("flipped");
    Kept.copy(kept.newest(), damaged);
    Path file = state(damaged);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> kept.runToEnd(new Origin(damaged, false)))
        .hasMessageContaining(file.toString());
    assertThat(kept.runToEnd(null)).isEqualTo(undisturbed);
  }

  private static Path state(Path checkpoint) throws IOException {
    return all(checkpoint).stream()
        .filter(each -> String.valueOf(each.getFileName()).startsWith("state-"))
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> all(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
