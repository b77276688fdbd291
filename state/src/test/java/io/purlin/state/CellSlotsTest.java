package io.purlin.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellSlotsTest {
  /** More than three chunks of cells. */
  private static final int MANY = 50_000;

  private final CellSlots slots = new CellSlots();

  /** Some keys share their hash, and many their first slot. */
  private static int hash(long key) {
    return ((int) (((key / 2) * 0x9E3779B97F4A7C15L) >>> 40)) << 8;
  }

  private static Cell cell(long key) {
    Cell cell = CountCell.TYPE.create();
    cell.identify(key, hash(key));
    return cell;
  }

  private void enter(Cell cell) {
    int slot = slots.slotOf(cell.tableKey(), cell.hash());
    assertThat(slots.at(slot)).isNull();
    slots.enter(slot, cell);
  }

  private void take(Cell cell) {
    int slot = slots.slotOf(cell.tableKey(), cell.hash());
    assertThat(slots.at(slot)).isSameAs(cell);
    slots.take(slot);
  }

  private List<Cell> all() {
    List<Cell> all = new ArrayList<>();
    slots.forEach(all::add);
    return all;
  }

  /**
   * Grows, stays as large for a while, and shrinks to nothing; whatever comes and goes is known.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 40, 1_000, MANY})
  void hasWhatEnteredAndWasNotTaken(int most) {
    Random random = new Random(most);
    Map<Long, Cell> expected = new HashMap<>();
    List<Cell> present = new ArrayList<>();
    for (int step = 0; step < 6 * most; step++) {
      boolean grows = random.nextInt(3) < (step < 4 * most ? 2 : 1);
      long key = random.nextInt(2 * most);
      if (grows && present.size() < most && !expected.containsKey(key)) {
        Cell cell = cell(key);
        enter(cell);
        expected.put(key, cell);
        present.add(cell);
      } else if (!present.isEmpty()) {
        int i = random.nextInt(present.size());
        Cell cell = present.get(i);
        present.set(i, present.get(present.size() - 1));
        present.remove(present.size() - 1);
        expected.remove((Long) cell.tableKey());
        take(cell);
        slots.trim();
      }
      if (step % most == 0) {
        agree(expected, 2 * most);
      }
    }
    present.forEach(this::take);
    assertThat(slots.size()).isZero();
    assertThat(all()).isEmpty();
  }

  private void agree(Map<Long, Cell> expected, int keys) {
    assertThat(slots.size()).isEqualTo(expected.size());
    List<Long> wrong =
        LongStream.range(0, keys)
            .filter(key -> slots.at(slots.slotOf(key, hash(key))) != expected.get(key))
            .boxed()
            .toList();
    assertThat(wrong).isEmpty();
    assertThat(all()).hasSameSizeAs(expected.values());
    assertThat(new HashSet<>(all())).isEqualTo(new HashSet<>(expected.values()));
  }

  @Test
  void cellsAreVisitedAsTheyEntered() {
    List<Cell> cells = LongStream.range(0, MANY).mapToObj(CellSlotsTest::cell).toList();
    cells.forEach(this::enter);

    assertThat(all()).isEqualTo(cells);
  }

  @Test
  void aScanComesByEveryCellThatStaysWhateverMovesMeanwhile() {
    List<Cell> cells = LongStream.range(0, MANY).mapToObj(CellSlotsTest::cell).toList();
    cells.forEach(this::enter);
    Set<Cell> visited = new HashSet<>();
    int taken = 0;
    long from = 0;
    while (from < 1L << Integer.SIZE) {
      from = slots.scan(from, 100, visited::add);
      for (int i = 0; i < 200 && taken < MANY; i++, taken += 2) {
        take(cells.get(taken));
        slots.trim();
      }
    }

    assertThat(taken).isEqualTo(MANY);
    assertThat(visited)
        .containsAll(IntStream.range(0, MANY / 2).mapToObj(i -> cells.get(2 * i + 1)).toList());
  }

  @Test
  void afterAllWereForgottenOthersEnter() {
    LongStream.range(0, MANY).mapToObj(CellSlotsTest::cell).forEach(this::enter);
    slots.clear();
    assertThat(slots.size()).isZero();
    assertThat(all()).isEmpty();
    assertThat(slots.at(slots.slotOf(7L, hash(7)))).isNull();

    List<Cell> others = LongStream.range(5, MANY).mapToObj(CellSlotsTest::cell).toList();
    others.forEach(this::enter);

    assertThat(all()).isEqualTo(others);
    others.forEach(each -> assertThat(slots.likely(each.hash())).isNotNull());
  }
}
