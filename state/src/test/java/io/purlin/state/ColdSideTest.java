package io.purlin.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.state.SnapshotSink.Extent;
import io.purlin.state.cold.ColdAccesses;
import io.purlin.state.cold.ColdSettings;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.RocksDbPreset;
import io.purlin.state.keys.StructuralKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table whose cells do not fit on the heap behaves as one whose cells do. */
class ColdSideTest {
  private static final long ONE_CELL = 1;
  private static final long SOME_CELLS = 20_000;
  private static final long ALL_CELLS = 1L << 40;

  @TempDir Path directory;
  private ColdStore store =
      new ColdStore(new ColdSettings(Path.of("unused"), 0, RocksDbPreset.DEFAULT));

  @BeforeEach
  void open() {
    store = new ColdStore(new ColdSettings(directory, 16 << 20, RocksDbPreset.LOW_MEMORY));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private LiveTable<String, CountCell> table(long limitBytes) {
    return table(StateMemory.limited(limitBytes, store));
  }

  private static LiveTable<String, CountCell> table(StateMemory memory) {
    return new LiveTable<>(
        new TableSpec<>("step/count", LongKeyCoder.of(), StringUtf8Coder.of(), 128, CountCell.TYPE),
        memory);
  }

  static Stream<Arguments> seedsAndBudgets() {
    return Stream.of(1L, 2L, 3L, 4L, 5L)
        .flatMap(
            seed ->
                Stream.of(ONE_CELL, SOME_CELLS, ALL_CELLS).map(limit -> Arguments.of(seed, limit)));
  }

  @ParameterizedTest
  @ValueSource(longs = {420_000, 460_000, 500_000, 540_000, 580_000})
  void cellsThatLeaveDoNotPileUpThoseThatStay(long limitBytes) {
    LiveTable<String, CountCell> table = table(limitBytes);
    long longest = 0;
    for (long key = 0; key < 20_000; key++) {
      table.cell("w", key).increment();
      table.relieve();
      if (key % 500 == 0) {
        longest = Math.max(longest, longestRun(table.window("w")));
      }
    }
    assertThat(table.window("w").liveCells()).isLessThan(10_000);
    assertThat(longest).as("slots from a cell to the next free one").isLessThan(200);
  }

  private static long longestRun(WindowCells<String, CountCell> cells) {
    long longest = 0;
    for (long at = 0; at < 1L << 32; ) {
      long[] seen = {0};
      // One slot, and what stands behind it up to the next free one.
      at = cells.scan(at, 1, cell -> seen[0]++);
      longest = Math.max(longest, seen[0]);
    }
    return longest;
  }

  @ParameterizedTest
  @MethodSource("seedsAndBudgets")
  void randomWorkEqualsNestedMapsWithAnyBudget(long seed, long limitBytes) throws IOException {
    Random random = new Random(seed);
    LiveTable<String, CountCell> table = table(limitBytes);
    Map<String, Map<Long, Long>> model = new HashMap<>();
    int keys = 1 + random.nextInt(500);
    for (int i = 0; i < 20_000; i++) {
      String window = "w" + random.nextInt(4);
      long key = random.nextInt(keys);
      act(random.nextInt(10_000), table, model, window, key);
      // A cell may be put away at any safe point, but need not be at the first.
      if (random.nextInt(3) > 0) {
        table.relieve();
      }
    }
    table.relieve();
    model.values().removeIf(Map::isEmpty);
    assertThat(contents(table)).isEqualTo(model);
    assertThat(table.windows()).containsExactlyInAnyOrderElementsOf(model.keySet());
    assertThat(table.cellCount()).isEqualTo(model.values().stream().mapToLong(Map::size).sum());
    assertThat(contents(restored(table))).isEqualTo(model);
  }

  private static void act(
      int action,
      LiveTable<String, CountCell> table,
      Map<String, Map<Long, Long>> model,
      String window,
      long key) {
    Map<Long, Long> expected = model.computeIfAbsent(window, w -> new HashMap<>());
    if (action < 6_000) {
      table.cell(window, key).increment();
      expected.merge(key, 1L, Long::sum);
    } else if (action < 7_500) {
      CountCell cell = table.window(window).find(key);
      assertThat(cell == null ? null : cell.count).isEqualTo(expected.get(key));
    } else if (action < 9_900) {
      CountCell cell = table.window(window).find(key);
      if (cell != null) {
        cell.remove();
      }
      expected.remove(key);
    } else if (action < 9_950) {
      table.window(window).forEach(CountCell::increment);
      expected.replaceAll((k, count) -> count + 1);
    } else if (action < 9_980) {
      assertThat(table.window(window).size()).isEqualTo(expected.size());
    } else {
      table.drop(window);
      expected.clear();
    }
  }

  private static Map<String, Map<Long, Long>> contents(LiveTable<String, CountCell> table) {
    Map<String, Map<Long, Long>> contents = new HashMap<>();
    table.forEach(
        cell ->
            assertThat(
                    contents
                        .computeIfAbsent((String) cell.window(), w -> new HashMap<>())
                        .put((Long) cell.key(), cell.count))
                .as("every cell is visited once")
                .isNull());
    return contents;
  }

  private LiveTable<String, CountCell> restored(LiveTable<String, CountCell> table)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotSink sink = new SnapshotSink(bytes, 0, 1, 128);
    table.writeTo(sink);
    sink.finish();
    LiveTable<String, CountCell> restored = table(ONE_CELL);
    SnapshotSource source =
        new SnapshotSource(new ByteArrayInputStream(bytes.toByteArray()), 0, 1, 128);
    source.nextPart();
    restored.readFrom(source);
    return restored;
  }

  @Test
  void aCellThatWasKeptOverASafePointIsRefused() {
    LiveTable<String, CountCell> table = table(ONE_CELL);
    CountCell kept = table.cell("a", 1L);
    kept.increment();
    table.relieve();
    assertThat(kept.isInTable()).isFalse();
    assertThatThrownBy(kept::increment).isInstanceOf(IllegalStateException.class);
    assertThat(table.cell("a", 1L).count).isEqualTo(1);
    assertThat(table.cell("a", 1L)).isNotSameAs(kept);
  }

  @Test
  void liveCellsKeepWithinTheBudget() {
    LiveTable<String, CountCell> table = table(SOME_CELLS);
    long live = 0;
    for (long key = 0; key < 10_000; key++) {
      CountCell cell = table.cell("a", key);
      cell.increment();
      table.relieve();
    }
    for (long key = 0; key < 10_000; key++) {
      live += table.window("a").isLive(key, StructuralKey.hash(key)) ? 1 : 0;
    }
    // A cell is counted with 120 bytes and more.
    assertThat(live).isBetween(10L, SOME_CELLS / 120);
    assertThat(table.cellCount()).isEqualTo(10_000);
  }

  @Test
  void whatWasNotUsedForLongLeavesBeforeWhatHasJustCome() {
    LiveTable<String, CountCell> table = table(10 * SOME_CELLS);
    comeOneAfterTheOther(table, 0, 3_000);
    long fit = table.window("w").liveCells();
    assertThat(fit).isGreaterThan(50);
    long end = 3_000 + 4 * fit;
    comeOneAfterTheOther(table, 3_000, end);
    assertThat(liveOf(table, 0, 3_000)).isZero();
    assertThat(liveOf(table, end - fit / 4, end)).isEqualTo(fit / 4);
  }

  private static void comeOneAfterTheOther(LiveTable<String, CountCell> table, long from, long to) {
    for (long key = from; key < to; key++) {
      table.cell("w", key).increment();
      table.relieve();
    }
  }

  private static long liveOf(LiveTable<String, CountCell> table, long from, long to) {
    WindowCells<String, CountCell> cells = table.window("w");
    return LongStream.range(from, to)
        .mapToObj(table.keys()::tableKey)
        .filter(key -> cells.isLive(key, StructuralKey.hash(key)))
        .count();
  }

  @Test
  void cellsThatLeaveOneAfterTheOtherAreWrittenTogether() {
    StateMemory memory = StateMemory.limited(10 * SOME_CELLS, store);
    LiveTable<String, CountCell> table = table(memory);
    comeOneAfterTheOther(table, 0, 10_000);
    ColdAccesses accesses = memory.accesses();
    assertThat(accesses.keysWritten()).isGreaterThan(5_000);
    assertThat(accesses.writes()).isLessThan(accesses.keysWritten() / 4);
  }

  @Test
  void hotCellsStay() {
    LiveTable<String, CountCell> table = table(SOME_CELLS);
    CountCell hot = table.cell("a", -1L);
    for (long key = 0; key < 10_000; key++) {
      table.cell("a", key).increment();
      table.relieve();
      table.cell("a", -1L).increment();
      table.relieve();
    }
    assertThat(table.cell("a", -1L)).isSameAs(hot);
    assertThat(hot.count).isEqualTo(10_000);
  }

  @Test
  void tablesShareOneBudget() {
    StateMemory memory = StateMemory.limited(SOME_CELLS, store);
    List<LiveTable<String, CountCell>> tables =
        Stream.generate(
                () ->
                    new LiveTable<>(
                        new TableSpec<>(
                            "step/count",
                            LongKeyCoder.of(),
                            StringUtf8Coder.of(),
                            128,
                            CountCell.TYPE),
                        memory))
            .limit(3)
            .toList();
    for (long key = 0; key < 10_000; key++) {
      for (LiveTable<String, CountCell> table : tables) {
        table.cell("a", key).count += key;
        table.relieve();
      }
    }
    long live = 0;
    for (LiveTable<String, CountCell> table : tables) {
      assertThat(table.cellCount()).isEqualTo(10_000);
      for (long key = 0; key < 10_000; key++) {
        live += table.window("a").isLive(key, StructuralKey.hash(key)) ? 1 : 0;
        assertThat(table.window("a").find(key)).extracting(cell -> cell.count).isEqualTo(key);
        table.relieve();
      }
    }
    assertThat(live).isLessThanOrEqualTo(3 * SOME_CELLS / 120);
  }

  @Test
  void cellsThatFitNeverTouchTheStore() {
    StateMemory memory = StateMemory.limited(ALL_CELLS, store).ofTask(0);
    LiveTable<String, CountCell> table = table(memory);
    for (int round = 0; round < 3; round++) {
      for (long key = 0; key < 1_000; key++) {
        table.cell("w" + round, key).increment();
        table.relieve();
        table.cell("w" + round, key % 10).increment();
        table.relieve();
      }
      table.window("w" + round).find(5_000L);
      table.cell("w" + round, 7L).remove();
      table.drop("w" + round);
    }
    assertThat(touches(memory.accesses())).isZero();
    assertThat(store.isInUse()).isFalse();
  }

  /** Also when there is no room for the others. */
  @Test
  void aHotCellNeverTouchesTheStore() {
    StateMemory memory = StateMemory.limited(SOME_CELLS, store).ofTask(0);
    LiveTable<String, CountCell> table = table(memory);
    for (long key = 0; key < 1_000; key++) {
      table.cell("a", key).increment();
      table.cell("a", -1L).increment();
      table.relieve();
    }
    long before = touches(memory.accesses());
    assertThat(before).as("of those that do not fit").isPositive();
    for (int i = 0; i < 10_000; i++) {
      table.cell("a", -1L).increment();
      table.relieve();
    }
    assertThat(touches(memory.accesses())).isEqualTo(before);
    assertThat(table.cell("a", -1L).count).isEqualTo(11_000);
    assertThat(memory.hits()).isBetween(10_500L, 12_000L);
  }

  @Test
  void keysThatAreNotThereAreHardlyEverAskedFor() {
    StateMemory memory = StateMemory.limited(10 * SOME_CELLS, store).ofTask(0);
    LiveTable<String, CountCell> table = table(memory);
    for (long key = 0; key < 10_000; key++) {
      table.cell("a", key).increment();
      table.relieve();
    }
    assertThat(memory.accesses().keysWritten()).isGreaterThan(7_000);
    for (long key = 10_000; key < 20_000; key++) {
      assertThat(table.window("a").find(key)).isNull();
    }
    assertThat(memory.accesses().keysRead()).isLessThan(1_000);
    for (long key = 0; key < 10_000; key++) {
      assertThat(table.window("a").find(key)).extracting(cell -> cell.count).isEqualTo(1L);
      table.relieve();
    }
  }

  /** What is not known of keys that came and went costs time, not memory without end. */
  @Test
  void keysThatComeAndGoTakeNoMemoryForEver() {
    StateMemory memory = StateMemory.limited(SOME_CELLS, store).ofTask(0);
    LiveTable<String, CountCell> table = table(memory);
    for (long key = 0; key < 50_000; key++) {
      table.cell("a", key).increment();
      table.relieve();
      if (key >= 1_000) {
        table.cell("a", key - 1_000).remove();
      }
    }
    assertThat(table.cellCount()).isEqualTo(1_000);
    assertThat(memory.usedBytes()).isLessThan(2 * SOME_CELLS);
    for (long key = 49_000; key < 50_000; key++) {
      table.cell("a", key).remove();
    }
    assertThat(table.cellCount()).isZero();
    assertThat(memory.usedBytes()).isLessThan(100);
  }

  @Test
  void cellsThatWerePutAwayAreNotLookedForByTheSnapshotAfterThem() throws IOException {
    StateMemory memory = StateMemory.limited(10 * SOME_CELLS, store).ofTask(0);
    LiveTable<String, CountCell> table = table(memory);
    table.cell("a", -1L).increment();
    snapshot(table, Extent.WHOLE);
    for (long key = 0; key < 10_000; key++) {
      table.cell("a", key).increment();
      table.relieve();
    }
    assertThat(memory.accesses().keysWritten()).isGreaterThan(7_000);
    assertThat(snapshot(table, Extent.CHANGES).length).isGreaterThan(50_000);
    assertThat(memory.accesses().keysRead()).isLessThan(1_000);
  }

  private static byte[] snapshot(LiveTable<String, CountCell> table, Extent extent)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotSink sink = new SnapshotSink(bytes, 0, 1, 128, extent);
    table.writeTo(sink);
    sink.finish();
    return bytes.toByteArray();
  }

  private static long touches(ColdAccesses accesses) {
    return accesses.keysRead() + accesses.seeks() + accesses.nexts() + accesses.writes();
  }
}
