package io.purlin.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.state.SnapshotSink.Extent;
import io.purlin.state.cold.ColdCopy;
import io.purlin.state.cold.ColdSettings;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.RocksDbPreset;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A copy of the cold side that was made at any moment after a fold, together with all segments
 * since the fold's barrier, is the table as it was at the barrier of the last of them; for one who
 * takes the copy over and goes on, again and again, as for one who reads it.
 */
class CopiedTableTest {
  private static final int GROUPS = 16;
  private static final int WINDOWS = 4;
  private static final String STEP = "step";

  @TempDir Path directory;

  static Stream<Arguments> seedsAndBudgets() {
    return LongStream.rangeClosed(1, 20)
        .boxed()
        .flatMap(
            seed -> Stream.of(1L, 5_000L, 100_000_000L).map(limit -> Arguments.of(seed, limit)));
  }

  private ColdSettings settings() {
    return new ColdSettings(directory.resolve("work"), 16 << 20, RocksDbPreset.LOW_MEMORY);
  }

  private static LiveTable<String, CountCell> table(StateMemory memory) {
    return new LiveTable<>(
        new TableSpec<>(
            STEP + "/count", LongKeyCoder.of(), StringUtf8Coder.of(), GROUPS, CountCell.LASTING),
        memory);
  }

  /** A segment, and what the table was at its barrier. */
  private record Saved(
      long number, ByteArrayOutputStream bytes, Map<String, Map<Long, Long>> expected) {}

  /** One life of the table, its checkpoints, and what they must hold. */
  private final class Job {
    private final Random random;
    private final long limitBytes;
    private final int keys;
    private final Map<String, Map<Long, Long>> model = new HashMap<>();
    private final Deque<Saved> segments = new ArrayDeque<>();
    private ColdStore store;
    private LiveTable<String, CountCell> table;
    private long checkpoint;
    private long base = Extent.NONE;
    private @Nullable ColdCopy copy;
    // What the last whole checkpoint has.
    private long savedBase = Extent.NONE;
    private @Nullable ColdCopy savedCopy;
    private boolean mustBeWhole = true;
    private long folding = Extent.NONE;
    private @Nullable Fold<?, ?> fold;
    private int restarts;
    private int takenOver;

    Job(Random random, long limitBytes) {
      this.random = random;
      this.limitBytes = limitBytes;
      this.keys = 1 + random.nextInt(300);
      this.store = new ColdStore(settings());
      this.table = table(StateMemory.limited(limitBytes, store));
    }

    void work(int times) {
      for (int i = 0; i < times; i++) {
        String window = "w" + random.nextInt(WINDOWS);
        long key = random.nextInt(keys);
        Map<Long, Long> expected = model.computeIfAbsent(window, w -> new HashMap<>());
        int action = random.nextInt(1_000);
        if (action < 600) {
          table.cell(window, key).increment();
          expected.merge(key, 1L, Long::sum);
        } else if (action < 970) {
          CountCell cell = table.window(window).find(key);
          if (cell != null) {
            cell.remove();
          }
          expected.remove(key);
        } else if (action < 990) {
          assertThat(table.window(window).size()).isEqualTo(expected.size());
        } else {
          table.drop(window);
          expected.clear();
        }
        if (random.nextInt(3) > 0) {
          table.relieve();
        }
      }
    }

    /** One checkpoint, with work before, meanwhile and behind. */
    void checkpoint() throws IOException {
      if (fold != null && fold.drain(1 + random.nextInt(200)) && random.nextBoolean()) {
        Path target = directory.resolve("copy-" + folding + "-" + random.nextLong());
        store.copyTo(target);
        copy = ColdCopy.in(target);
        base = folding;
        fold = null;
      }
      work(random.nextInt(60));
      checkpoint++;
      boolean folds = !mustBeWhole && fold == null && random.nextInt(4) == 0;
      if (mustBeWhole) {
        base = Extent.NONE;
        fold = null;
      }
      Map<String, Map<Long, Long>> expected = new HashMap<>();
      model.forEach(
          (window, cells) -> {
            if (!cells.isEmpty()) {
              expected.put(window, new HashMap<>(cells));
            }
          });
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Extent extent = new Extent(mustBeWhole, folds ? checkpoint : Extent.NONE, base);
      SnapshotSink sink = new SnapshotSink(bytes, 0, 1, GROUPS, extent);
      table.writeTo(sink);
      if (folds && !sink.folds().isEmpty()) {
        fold = sink.folds().get(0);
        folding = checkpoint;
      }
      while (!sink.drain(1 + random.nextInt(30))) {
        work(random.nextInt(20));
        if (fold != null && random.nextBoolean()) {
          fold.drain(1 + random.nextInt(20));
        }
        if (random.nextInt(80) == 0) {
          sink.abandon();
          mustBeWhole = true;
          return;
        }
      }
      sink.finish();
      mustBeWhole = false;
      if (!sink.isSegment()) {
        segments.clear();
      }
      segments.push(new Saved(checkpoint, bytes, expected));
      segments.removeIf(each -> base != Extent.NONE && each.number < base);
      savedBase = base;
      savedCopy = copy;
    }

    /** The process ends; another one goes on. */
    void restart() throws IOException {
      Saved newest = segments.peek();
      if (newest == null) {
        return;
      }
      restarts++;
      base = savedBase;
      copy = savedCopy;
      for (int tasks = 1; tasks <= 2; tasks++) {
        assertThat(read(tasks)).as("read by %s", tasks).isEqualTo(newest.expected);
      }
      store.close();
      model.clear();
      newest.expected.forEach((window, cells) -> model.put(window, new HashMap<>(cells)));
      ColdCopy from = copy;
      fold = null;
      folding = Extent.NONE;
      if (base == Extent.NONE || from == null) {
        store = new ColdStore(settings());
      } else {
        store = ColdStore.of(settings(), from);
        takenOver++;
      }
      table = table(StateMemory.limited(limitBytes, store));
      SegmentFilter filter = new SegmentFilter();
      filter.basedOn(base);
      readAll(table, filter, 0, 1, null);
      table.restored();
      store.takenOver();
      mustBeWhole = base == Extent.NONE;
      assertThat(contents(table)).isEqualTo(newest.expected);
      assertThat(table.cellCount())
          .isEqualTo(newest.expected.values().stream().mapToLong(Map::size).sum());
    }

    private Map<String, Map<Long, Long>> read(int tasks) throws IOException {
      Map<String, Map<Long, Long>> all = new HashMap<>();
      ColdCopy from = base == Extent.NONE ? null : copy;
      try (ColdStore reading =
          from == null ? new ColdStore(settings()) : ColdStore.of(settings(), from)) {
        for (int task = 0; task < tasks; task++) {
          LiveTable<String, CountCell> reader = table(StateMemory.unlimited());
          readAll(reader, new SegmentFilter(), task, tasks, from == null ? null : reading);
          reader.restored();
          contents(reader)
              .forEach((w, cells) -> all.computeIfAbsent(w, x -> new HashMap<>()).putAll(cells));
        }
      }
      return all;
    }

    private void readAll(
        LiveTable<String, CountCell> into,
        SegmentFilter filter,
        int task,
        int tasks,
        @Nullable ColdStore kept)
        throws IOException {
      for (Saved each : segments) {
        readOne(into, new ByteArrayInputStream(each.bytes.toByteArray()), filter, task, tasks);
        filter.older();
      }
      if (kept != null) {
        readOne(into, new KeptSegment(kept, STEP, 0, 1, GROUPS), filter, task, tasks);
      }
    }

    private void readOne(
        LiveTable<String, CountCell> into,
        InputStream in,
        SegmentFilter filter,
        int task,
        int tasks)
        throws IOException {
      SnapshotSource source = new SnapshotSource(in, task, tasks, GROUPS, filter);
      while (source.nextPart() != null) {
        into.readFrom(source);
      }
    }
  }

  private static Map<String, Map<Long, Long>> contents(LiveTable<String, CountCell> table) {
    Map<String, Map<Long, Long>> contents = new HashMap<>();
    table.forEach(
        cell ->
            contents
                .computeIfAbsent((String) cell.window(), w -> new HashMap<>())
                .put((Long) cell.key(), cell.count));
    return contents;
  }

  @ParameterizedTest
  @MethodSource("seedsAndBudgets")
  void copyAndSegmentsAreTheTable(long seed, long limitBytes) throws Exception {
    Job job = new Job(new Random(seed), limitBytes);
    try {
      job.work(300);
      for (int i = 0; i < 60 || job.takenOver == 0; i++) {
        job.checkpoint();
        if (job.random.nextInt(6) == 0) {
          job.restart();
        }
      }
    } finally {
      job.store.close();
    }
    assertThat(job.restarts).isGreaterThan(2);
  }

  @ParameterizedTest
  @MethodSource("seedsAndBudgets")
  void whatNobodyTakesOverIsForgotten(long seed, long limitBytes) throws Exception {
    Path target = directory.resolve("copy-" + seed);
    try (ColdStore store = new ColdStore(settings())) {
      LiveTable<String, CountCell> table = table(StateMemory.limited(1, store));
      for (long key = 0; key < 10 + seed; key++) {
        table.cell("a", key).increment();
        table.relieve();
      }
      store.copyTo(target);
    }
    try (ColdStore store = ColdStore.of(settings(), ColdCopy.in(target))) {
      assertThat(store.kept()).hasSize(1);
      store.takenOver();
      assertThat(store.kept()).isEmpty();
      LiveTable<String, CountCell> table = table(StateMemory.limited(limitBytes, store));
      assertThat(table.window("a").find(3L)).isNull();
      assertThat(List.copyOf(table.windows())).isEmpty();
    }
  }
}
