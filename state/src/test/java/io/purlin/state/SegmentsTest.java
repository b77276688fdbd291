package io.purlin.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.purlin.state.SnapshotSink.Extent;
import io.purlin.state.cold.ColdSettings;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.RocksDbPreset;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Segments, taken together, hold the table as it was at the barrier of the last one. */
class SegmentsTest {
  private static final int GROUPS = 16;
  private static final long ONE_CELL = 1;
  private static final long SOME_CELLS = 5_000;
  private static final long HEAP = Long.MAX_VALUE;

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
    return new LiveTable<>(
        new TableSpec<>(
            "step/count", VarLongCoder.of(), StringUtf8Coder.of(), GROUPS, CountCell.TYPE),
        limitBytes == HEAP ? StateMemory.unlimited() : StateMemory.limited(limitBytes, store));
  }

  static Stream<Arguments> seedsAndBudgets() {
    return LongStream.rangeClosed(1, 40)
        .boxed()
        .flatMap(
            seed -> Stream.of(ONE_CELL, SOME_CELLS, HEAP).map(limit -> Arguments.of(seed, limit)));
  }

  /** One snapshot that is being written, and what it must hold. */
  private static final class Taken {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<String, Map<Long, Long>> expected = new HashMap<>();
    private final boolean whole;
    private final SnapshotSink sink;

    Taken(boolean whole, Map<String, Map<Long, Long>> model) throws IOException {
      this.whole = whole;
      this.sink = new SnapshotSink(bytes, 0, 1, GROUPS, whole ? Extent.WHOLE : Extent.CHANGES);
      model.forEach(
          (window, cells) -> {
            if (!cells.isEmpty()) {
              expected.put(window, new HashMap<>(cells));
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("seedsAndBudgets")
  void everySnapshotIsTheTableAtItsBarrier(long seed, long limitBytes) throws IOException {
    Random random = new Random(seed);
    LiveTable<String, CountCell> table = table(limitBytes);
    Map<String, Map<Long, Long>> model = new HashMap<>();
    Deque<byte[]> segments = new ArrayDeque<>();
    Taken taken = null;
    int keys = 1 + random.nextInt(300);
    int pace = 1 + random.nextInt(40);
    int checked = 0;
    for (int i = 0; i < 6_000; i++) {
      act(random, table, model, "w" + random.nextInt(4), random.nextInt(keys));
      if (random.nextInt(3) > 0) {
        table.relieve();
      }
      if (taken == null && random.nextInt(60) == 0) {
        taken = new Taken(segments.isEmpty() || random.nextInt(6) == 0, model);
        table.writeTo(taken.sink);
      } else if (taken != null && random.nextInt(400) == 0) {
        // The barrier is given up: those before it count no more, for the next is whole.
        taken.sink.abandon();
        taken = null;
        segments.clear();
      } else if (taken != null
          && random.nextInt(3) == 0
          && taken.sink.drain(1 + random.nextInt(pace))) {
        taken.sink.finish();
        if (taken.whole) {
          segments.clear();
        }
        segments.push(taken.bytes.toByteArray());
        assertThat(restored(segments, 1 + random.nextInt(3)))
            .as("i %s whole %s limit %s", i, taken.whole, limitBytes)
            .isEqualTo(taken.expected);
        checked++;
        taken = null;
      }
    }
    assertThat(checked).isGreaterThan(3);
  }

  private static void act(
      Random random,
      LiveTable<String, CountCell> table,
      Map<String, Map<Long, Long>> model,
      String window,
      long key) {
    Map<Long, Long> expected = model.computeIfAbsent(window, w -> new HashMap<>());
    int action = random.nextInt(10_000);
    if (action < 1_000) {
      // It may come back for that, and leave again as it was.
      CountCell cell = table.window(window).find(key);
      assertThat(cell == null ? null : (Long) cell.count).isEqualTo(expected.get(key));
    } else if (action < 6_000) {
      table.cell(window, key).increment();
      expected.merge(key, 1L, Long::sum);
    } else if (action < 9_700) {
      CountCell cell = table.window(window).find(key);
      if (cell != null) {
        cell.remove();
        if (action < 6_500) {
          // It comes back as it was, but for the change.
          cell.increment();
          expected.merge(key, 1L, Long::sum);
          return;
        }
      }
      expected.remove(key);
    } else if (action < 9_800) {
      table.window(window).forEach(CountCell::increment);
      expected.replaceAll((k, count) -> count + 1);
    } else if (action < 9_930) {
      assertThat(table.window(window).size()).isEqualTo(expected.size());
    } else {
      table.drop(window);
      expected.clear();
    }
  }

  /** What is read of segments, the newest first, by one task or by several. */
  private Map<String, Map<Long, Long>> restored(Deque<byte[]> segments, int tasks)
      throws IOException {
    Map<String, Map<Long, Long>> contents = new HashMap<>();
    for (int task = 0; task < tasks; task++) {
      LiveTable<String, CountCell> table = table(HEAP);
      SegmentFilter filter = new SegmentFilter();
      List<byte[]> newestFirst = new ArrayList<>(segments);
      for (byte[] each : newestFirst) {
        SnapshotSource source =
            new SnapshotSource(new ByteArrayInputStream(each), task, tasks, GROUPS, filter);
        while (source.nextPart() != null) {
          table.readFrom(source);
        }
        filter.older();
      }
      table.forEach(
          cell ->
              assertThat(
                      contents
                          .computeIfAbsent((String) cell.window(), w -> new HashMap<>())
                          .put((Long) cell.key(), cell.count))
                  .as("a cell is read by one task")
                  .isNull());
    }
    return contents;
  }

  @Test
  void anUnchangedTableWritesNoCells() throws IOException {
    LiveTable<String, CountCell> table = table(HEAP);
    for (long key = 0; key < 1_000; key++) {
      table.cell("a", key).increment();
    }
    Taken first = new Taken(true, Map.of());
    table.writeTo(first.sink);
    first.sink.finish();
    table.cell("a", 7L).increment();
    Taken second = new Taken(false, Map.of());
    table.writeTo(second.sink);
    second.sink.finish();
    Taken third = new Taken(false, Map.of());
    table.writeTo(third.sink);
    third.sink.finish();

    int head = third.bytes.size();
    assertThat(first.bytes.size()).isGreaterThan(1_000 + head);
    assertThat(second.bytes.size()).isBetween(head + 1, head + 20);
  }

  @Test
  void cellsThatComeAndGoAreForgotten() throws IOException {
    LiveTable<String, CountCell> table = table(HEAP);
    Taken first = new Taken(true, Map.of());
    table.writeTo(first.sink);
    first.sink.finish();
    table.cell("a", -1L).increment();
    for (long key = 0; key < 100_000; key++) {
      CountCell cell = table.cell("a", key);
      cell.increment();
      cell.remove();
    }

    WindowChanges<String, CountCell> changes = table.window("a").changes();
    assertThat(changes).extracting(WindowChanges::list, LIST).hasSizeLessThan(200);
  }
}
