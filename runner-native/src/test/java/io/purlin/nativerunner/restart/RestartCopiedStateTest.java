package io.purlin.nativerunner.restart;

import static io.purlin.nativerunner.restart.Disturbed.TICKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.job.JobSettings;
import io.purlin.state.StateMemory;
import io.purlin.state.cold.ColdCopy;
import io.purlin.state.cold.ColdSettings;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.RocksDbPreset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints build on a copy of the state beyond the heap, and jobs go on from there. */
class RestartCopiedStateTest {
  private static final long KEYS = 10;

  @TempDir Path folder;

  private Map<String, Long> undisturbed = Map.of();
  private RocksDbPreset preset = RocksDbPreset.LOW_MEMORY;
  private int takenOver;

  @BeforeEach
  void expect() throws IOException {
    undisturbed = kept("undisturbed").runToEnd(null);
    assertThat(undisturbed).isNotEmpty();
  }

  @AfterEach
  void free() {
    Ticks.ALLOWED.set(Long.MAX_VALUE);
    Stumbles.AT.set(-1);
  }

  private Kept kept(String name) {
    return new Kept(folder.resolve(name), RestartCopiedStateTest::build, null);
  }

  private ColdSettings settings() {
    return new ColdSettings(folder.resolve("work"), 8 << 20, preset);
  }

  /** No cell stays on the heap. */
  private StateMemory tiny(@Nullable ColdCopy before) throws IOException {
    takenOver += before == null ? 0 : 1;
    return StateMemory.limited(
        1, before == null ? new ColdStore(settings()) : ColdStore.of(settings(), before));
  }

  private StateMemory heap(@Nullable ColdCopy before) throws IOException {
    takenOver += before == null ? 0 : 1;
    return before == null
        ? StateMemory.unlimited()
        : StateMemory.unlimited(ColdStore.of(settings(), before));
  }

  private static final class ByTick extends SimpleFunction<KV<Long, Long>, KV<Long, Long>> {
    @Override
    public KV<Long, Long> apply(KV<Long, Long> tick) {
      return KV.of(tick.getValue() % KEYS, tick.getKey());
    }
  }

  /** Numbers the elements of a key, and names those of every fifth that came since the last. */
  private static final class Numbers extends DoFn<KV<Long, Long>, String> {
    @StateId("count")
    private final StateSpec<ValueState<Long>> countSpec = StateSpecs.value(VarLongCoder.of());

    @StateId("since")
    private final StateSpec<BagState<Long>> sinceSpec = StateSpecs.bag(VarLongCoder.of());

    @ProcessElement
    public void process(
        @Element KV<Long, Long> element,
        @StateId("count") ValueState<Long> count,
        @StateId("since") BagState<Long> since,
        OutputReceiver<String> out) {
      Long before = count.read();
      long now = (before == null ? 0 : before) + 1;
      count.write(now);
      since.add(element.getValue());
      if (now % 5 == 0) {
        long elements = 0;
        for (long ignored : since.read()) {
          elements++;
        }
        since.clear();
        out.output("key " + element.getKey() + " " + now + " since " + elements);
      }
    }
  }

  /** Fails at one tick, once. */
  private static final class Stumbles extends DoFn<KV<Long, Long>, KV<Long, Long>> {
    static final AtomicLong AT = new AtomicLong(-1);

    @ProcessElement
    public void process(@Element KV<Long, Long> tick, OutputReceiver<KV<Long, Long>> out) {
      if (AT.compareAndSet(tick.getValue(), -1)) {
        throw new IllegalStateException(Kept.STUMBLES + tick.getValue());
      }
      out.output(tick);
    }
  }

  private static void build(Pipeline pipeline) {
    PCollection<KV<Long, Long>> ticks =
        pipeline
            .apply(Read.from(new Ticks("ticks", 1, TICKS)))
            .apply("Stumbles", ParDo.of(new Stumbles()))
            .apply(Window.into(FixedWindows.of(Duration.millis(TICKS / 2))))
            .apply("ByTick", MapElements.via(new ByTick()))
            .setCoder(KvCoder.of(VarLongCoder.of(), VarLongCoder.of()));
    ticks
        .apply("Numbers", ParDo.of(new Numbers()))
        .apply("OutNumbers", ParDo.of(new Outputs<>("numbers")));
    // Tables beyond the heap that a restart does not find again in a copy.
    ticks.apply(Count.perKey()).apply("OutCounts", ParDo.of(new Outputs<>("counts")));
  }

  @Test
  void goesOnInTheSameWayOrAnother() throws IOException {
    Kept kept = kept("job");
    JobSettings.Memory[] places = {this::tiny, this::tiny, this::heap, this::tiny, this::tiny};
    int[] tasks = {2, 2, 2, 3, 3};
    for (int i = 0; i < places.length; i++) {
      boolean isTiny = i != 2;
      kept.becomes(places[i], tasks[i]);
      kept.runTo((i + 1) * TICKS / 6, null, () -> !isTiny || kept.has("copy-"));
    }

    assertThat(kept.runToEnd(null)).isEqualTo(undisturbed);
    assertThat(takenOver).isEqualTo(4);
  }

  /**
   * Most runs end before they have a copy of their own, so that the next one has that of before.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void goesOnHoweverSoonItIsStopped(long seed) throws IOException {
    Random random = new Random(seed);
    Kept kept = kept("job");
    int tasks = 1 + random.nextInt(3);
    kept.becomes(this::tiny, tasks);
    kept.runTo(TICKS / 10, null, () -> kept.has("copy-"));
    for (int i = 2; i < 10; i++) {
      if (random.nextInt(5) == 0) {
        tasks = 1 + random.nextInt(3);
      }
      preset = random.nextBoolean() ? RocksDbPreset.LOW_MEMORY : RocksDbPreset.WRITE_HEAVY;
      kept.becomes(random.nextInt(6) == 0 ? this::heap : this::tiny, tasks);
      if (random.nextInt(3) == 0) {
        Stumbles.AT.set((i - 1) * TICKS / 10 + random.nextInt((int) TICKS / 10));
      }
      kept.runBriefly(i * TICKS / 10, 1 + random.nextInt(2), random.nextBoolean());
    }

    assertThat(kept.runToEnd(null)).isEqualTo(undisturbed);
    assertThat(takenOver).isPositive();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void nothingOfItIsForOthers() throws IOException {
    Kept kept = kept("job");
    kept.becomes(this::tiny, 2);
    Path work = folder.resolve("work");
    Set<String> working = new TreeSet<>();
    kept.runTo(
        TICKS / 3,
        null,
        () -> {
          working.addAll(permissions(work, 2));
          return kept.has("copy-");
        });
    assertThat(working).as("of working directories").containsExactly("rwx------");
    working.clear();
    // What a restart makes of a copy.
    kept.runTo(TICKS / 2, null, () -> !working.isEmpty() || working.addAll(permissions(work, 2)));
    assertThat(working).containsExactly("rwx------");

    assertThat(permissions(kept.job(), 0)).as("of directories").containsExactly("rwx------");
    try (Stream<Path> all = Files.walk(kept.job())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  /** Those of a directory and of the directories below it. */
  private static Set<String> permissions(Path directory, int depth) {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> all = Files.walk(directory, depth == 0 ? Integer.MAX_VALUE : depth)) {
      for (Path each : all.filter(Files::isDirectory).toList()) {
        found.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
      }
    } catch (IOException | UncheckedIOException e) {
      // A file of RocksDB's was deleted while it was looked at.
      return found;
    }
    return found;
  }

  @Test
  void aCopyInAnotherPlaceWillDo() throws IOException {
    Kept kept = kept("job");
    kept.becomes(this::tiny, 2);
    kept.runTo(TICKS / 3, null, () -> kept.has("copy-"));
    Path copy = folder.resolve("elsewhere");
    Kept.copy(kept.newest(), copy);
    Kept other = kept("other");
    other.becomes(this::tiny, 2);
    other.runTo(TICKS / 2, new JobSettings.Origin(copy, false));

    assertThat(other.runToEnd(null)).isEqualTo(undisturbed);
  }

  @Test
  void aFileOfTheCopyThatIsMissingMakesItGoOnFromTheOneBefore() throws IOException {
    Kept kept = kept("job");
    kept.becomes(this::tiny, 2);
    kept.runTo(TICKS / 3, null, () -> kept.has("copy-"));
    Path table;
    try (Stream<Path> files = Files.list(kept.newest())) {
      table =
          files.filter(each -> ColdCopy.neverChanges(String.valueOf(each))).findAny().orElseThrow();
    }
    Files.delete(table);

    assertThat(kept.runToEnd(null)).isEqualTo(undisturbed);
  }
}
