package io.purlin.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.state.keys.KeyGroups;
import io.purlin.state.keys.StructuralKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveTableTest {
  private static LiveTable<String, CountCell> table(Coder<?> keyCoder) {
    return new LiveTable<>(
        new TableSpec<>("step/count", keyCoder, StringUtf8Coder.of(), 128, CountCell.TYPE));
  }

  @Test
  void aCellIsFoundByWindowAndKey() {
    LiveTable<String, CountCell> table = table(VarLongCoder.of());
    table.cell("a", 1L).increment();
    table.cell("a", 1L).increment();
    table.cell("a", 2L).increment();
    table.cell("b", 1L).increment();
    assertThat(table.cell("a", 1L).count).isEqualTo(2);
    assertThat(table.cell("a", 2L).count).isEqualTo(1);
    assertThat(table.cell("b", 1L).count).isEqualTo(1);
    assertThat(table.cell("b", 1L).key()).isEqualTo(1L);
    assertThat(table.cell("b", 1L).window()).isEqualTo("b");
    assertThat(table.cellCount()).isEqualTo(3);
    assertThat(table.windows()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void lookingDoesNotAdd() {
    LiveTable<String, CountCell> table = table(VarLongCoder.of());
    assertThat(table.window("a").find(1L)).isNull();
    assertThat(table.windowIfAny("a")).isNull();
    assertThat(table.windowCount()).isZero();
  }

  @Test
  void lookingAheadReadsTheCellsThatAreMeantAndChangesNothing() {
    LiveTable<String, CountCell> table = table(VarLongCoder.of());
    int[] hashes = new int[100];
    for (int key = 0; key < 100; key++) {
      hashes[key] = StructuralKey.hash((long) key);
    }
    assertThat(table.window("a").lookAhead(hashes, 100)).isZero();
    assertThat(table.windowCount()).isZero();

    table.cell("a", 7L).increment();
    // Only one cell is there: what is read of it is its key.
    assertThat(table.window("a").lookAhead(new int[] {hashes[7]}, 1)).isEqualTo(7);
    assertThat(table.window("a").lookAhead(hashes, 7)).isZero();
    table.window("a").lookAhead(hashes, 100);
    assertThat(table.cellCount()).isEqualTo(1);
    assertThat(table.cell("a", 7L).count).isEqualTo(1);
  }

  @Test
  void lookingAheadIsWorthItInALargeTable() {
    LiveTable<String, CountCell> table = table(VarLongCoder.of());
    for (long key = 0; key < 40_000; key++) {
      assertThat(table.window("a").isWorthLookingAhead()).isEqualTo(key >= 2_048);
      assertThat(table.window("a").isWorthGathering()).isEqualTo(key >= 32_768);
      table.cell("a", key).increment();
    }
  }

  @Test
  void aWindowThatComesAfterADroppedOneBeginsEmpty() {
    LiveTable<String, CountCell> table = table(VarLongCoder.of());
    for (int keys : new int[] {1_000, 10, 1, 1_000, 3_000}) {
      for (long key = 0; key < keys; key++) {
        table.cell("a", key).increment();
      }
      table.drop("a");
      assertThat(table.windowIfAny("a")).isNull();

      table.cell("b", 7L).increment();
      assertThat(table.window("b").find(6L)).isNull();
      assertThat(table.cell("b", 7L).count).isEqualTo(1);
      assertThat(table.cellCount()).isEqualTo(1);
      table.cell("b", 7L).remove();
      assertThat(table.windowCount()).isZero();
    }
  }

  @Test
  void keysAreEqualByTheirEncoding() {
    LiveTable<String, CountCell> table = table(ByteArrayCoder.of());
    byte[] key = {1, 2};
    table.cell("a", key).increment();
    table.cell("a", new byte[] {1, 2}).increment();
    table.cell("a", new byte[] {1, 3}).increment();
    assertThat(table.cell("a", new byte[] {1, 2}).count).isEqualTo(2);
    assertThat(table.cell("a", key).key()).isSameAs(key);
    assertThat(table.cellCount()).isEqualTo(2);
  }

  @Test
  void nullIsAKey() {
    LiveTable<String, CountCell> table = table(VoidCoder.of());
    table.cell("a", null).increment();
    assertThat(table.cell("a", null).count).isEqualTo(1);
    assertThat(table.cell("a", null).key()).isNull();
  }

  @Test
  void aWindowIsDroppedWhole() {
    LiveTable<String, CountCell> table = table(VarLongCoder.of());
    for (long key = 0; key < 1000; key++) {
      table.cell("a", key).increment();
    }
    table.cell("b", 5L).increment();
    table.drop("a");
    assertThat(table.windows()).containsExactly("b");
    assertThat(table.cell("a", 5L).count).isZero();
    assertThat(table.cell("b", 5L).count).isEqualTo(1);
  }

  @Test
  void anEmptyWindowIsForgotten() {
    LiveTable<String, CountCell> table = table(VarLongCoder.of());
    table.cell("a", 1L).remove();
    assertThat(table.windowCount()).isZero();
    table.cell("a", 1L).increment();
    assertThat(table.cell("a", 1L).count).isEqualTo(1);
    table.cell("a", 1L).remove();
    assertThat(table.windowCount()).isZero();
  }

  @Test
  void aRemovedCellComesBackWhenItIsTouched() {
    LiveTable<String, CountCell> table = table(VarLongCoder.of());
    CountCell cell = table.cell("a", 1L);
    cell.remove();
    assertThat(cell.isInTable()).isFalse();
    cell.increment();
    assertThat(cell.isInTable()).isTrue();
    assertThat(table.cell("a", 1L)).isSameAs(cell);
  }

  @Test
  void aRemovedCellCannotReplaceItsSuccessor() {
    LiveTable<String, CountCell> table = table(VarLongCoder.of());
    CountCell old = table.cell("a", 1L);
    old.remove();
    table.cell("a", 1L).increment();
    assertThatThrownBy(old::increment)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("key 1");
    assertThat(table.cell("a", 1L).count).isEqualTo(1);
  }

  @Test
  void visitingNoticesChanges() {
    LiveTable<String, CountCell> table = table(VarLongCoder.of());
    table.cell("a", 1L).increment();
    table.cell("a", 2L).increment();
    assertThatThrownBy(() -> table.window("a").forEach(Cell::remove))
        .isInstanceOf(java.util.ConcurrentModificationException.class);
  }

  @Test
  void cellsKnowTheirKeyGroup() {
    LiveTable<String, CountCell> table = table(VarLongCoder.of());
    KeyGroups groups = new KeyGroups(VarLongCoder.of(), 128);
    for (long key = 0; key < 100; key++) {
      assertThat(table.keyGroup(table.cell("a", key))).isEqualTo(groups.keyGroup(key));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomWorkEqualsNestedMaps(long seed) {
    Random random = new Random(seed);
    LiveTable<String, CountCell> table = table(VarLongCoder.of());
    Map<String, Map<Long, Long>> model = new HashMap<>();
    int keys = 1 + random.nextInt(500);
    for (int i = 0; i < 50_000; i++) {
      String window = "w" + random.nextInt(4);
      // Multiples of a power of two would all fall together if hashes were not mixed.
      long key = (long) random.nextInt(keys) << 16;
      int action = random.nextInt(1000);
      if (action < 600) {
        table.cell(window, key).increment();
        model.computeIfAbsent(window, w -> new HashMap<>()).merge(key, 1L, Long::sum);
      } else if (action < 990) {
        CountCell cell = table.window(window).find(key);
        Map<Long, Long> expected = model.getOrDefault(window, Map.of());
        assertThat(cell == null ? null : cell.count).isEqualTo(expected.get(key));
        if (cell != null) {
          cell.remove();
          expected.remove(key);
        }
      } else {
        table.drop(window);
        model.remove(window);
      }
    }
    model.values().removeIf(Map::isEmpty);
    Map<String, Map<Long, Long>> actual = new HashMap<>();
    table.forEach(
        cell ->
            actual
                .computeIfAbsent((String) cell.window(), w -> new HashMap<>())
                .put((Long) key(cell), cell.count));
    assertThat(actual).isEqualTo(model);
    assertThat(table.windows()).containsExactlyInAnyOrderElementsOf(model.keySet());
  }

  @Test
  void growsAndShrinks() {
    LiveTable<String, CountCell> table = table(VarLongCoder.of());
    List<CountCell> cells = new ArrayList<>();
    for (long key = 0; key < 100_000; key++) {
      CountCell cell = table.cell("a", key);
      cell.increment();
      cells.add(cell);
    }
    for (int i = 0; i < 99_990; i++) {
      cells.get(i).remove();
    }
    assertThat(table.cellCount()).isEqualTo(10);
    for (long key = 99_990; key < 100_000; key++) {
      assertThat(table.cell("a", key)).isSameAs(cells.get((int) key));
    }
  }

  private static Object key(CountCell cell) {
    return Objects.requireNonNull(cell.key());
  }
}
