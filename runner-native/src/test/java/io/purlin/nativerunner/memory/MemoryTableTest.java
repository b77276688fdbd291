package io.purlin.nativerunner.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryTableTest {
  private static final long MEBIBYTE = 1 << 20;

  private static MemorySizes sizes(long limit, long heap, long heapState, long managed) {
    return new MemorySizes(
        limit * MEBIBYTE,
        heap * MEBIBYTE,
        heapState * MEBIBYTE,
        managed * MEBIBYTE,
        0,
        0,
        240 * MEBIBYTE,
        MEBIBYTE,
        10,
        24,
        8);
  }

  private static long row(MemoryTable table, String name) {
    return table.rows().stream()
        .filter(row -> row.name().equals(name))
        .mapToLong(MemoryTable.Row::bytes)
        .sum();
  }

  @ParameterizedTest
  @CsvSource({"4096, 2048, 682, 256", "4096, 2048, 0, 0", "1024, 512, 512, 1", "64, 32, 1, 1"})
  void rowsAddUp(long limit, long heap, long heapState, long managed) {
    MemoryTable table = MemoryTable.of(sizes(limit, heap, heapState, managed));
    long whole = 0;
    long parts = 0;
    for (MemoryTable.Row row : table.rows()) {
      whole += row.within() ? 0 : row.bytes();
      parts += row.within() ? row.bytes() : 0;
      assertThat(row.bytes()).as(row.name()).isNotNegative();
    }
    assertThat(table.total()).isEqualTo(whole);
    assertThat(parts).as("parts of the heap").isEqualTo(heap * MEBIBYTE);
    assertThat(row(table, "RocksDB")).isEqualTo(managed * MEBIBYTE);
  }

  @Test
  void whatIsSetIsTakenInsteadOfAnEstimate() {
    MemorySizes set =
        new MemorySizes(
            8L << 30, 1L << 30, 0, 0, 300 * MEBIBYTE, 200 * MEBIBYTE, MEBIBYTE, 4096, 10, 0, 8);
    MemoryTable table = MemoryTable.of(set);
    assertThat(row(table, "classes")).isEqualTo(300 * MEBIBYTE);
    assertThat(row(table, "direct buffers")).isEqualTo(200 * MEBIBYTE);
    assertThat(row(table, "compiled code")).isEqualTo(MEBIBYTE);
    assertThat(row(table, "exchange buffers")).isZero();
    assertThat(row(table, "threads")).isLessThan(MEBIBYTE);
  }

  @Test
  void whatFitsIsShown() {
    MemoryTable table = MemoryTable.of(sizes(4096, 2048, 682, 256)).requireFit();
    assertThat(table.toString())
        .containsPattern("heap +2,048\\.0 MiB +-Xmx")
        .containsPattern("of it keyed state +682\\.0 MiB +--stateMemory")
        .containsPattern("RocksDB +256\\.0 MiB +--managedMemory")
        .containsPattern("together +2,[0-9]{3}\\.[0-9] MiB")
        .containsPattern("there is +4,096\\.0 MiB");
  }

  @Test
  void whatDoesNotFitIsRefusedAndTheAdviceHelps() {
    MemorySizes tooMuch = sizes(2048, 2000, 600, 512);
    assertThatThrownBy(() -> MemoryTable.of(tooMuch).requireFit())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the container or machine has 2048 MiB")
        .hasMessageContaining("Give it -Xmx")
        .hasMessageContaining("a limit of at least");
    String advice = message(tooMuch).replaceAll("(?s).*-Xmx([0-9]+)m.*", "$1");
    long heap = Long.parseLong(advice);
    assertThat(MemoryTable.of(sizes(2048, heap, 600, 512)).requireFit().total())
        .isBetween(2040 * MEBIBYTE, 2048 * MEBIBYTE);
  }

  @Test
  void lessForRocksDbIsAdvisedWhereThatIsEnough() {
    MemorySizes tooMuch = sizes(1024, 512, 100, 512);
    String advice = message(tooMuch).replaceAll("(?s).*--managedMemory=([0-9]+).*", "$1");
    long managed = Long.parseLong(advice) / MEBIBYTE;
    assertThat(managed).isBetween(16L, 511L);
    assertThat(MemoryTable.of(sizes(1024, 512, 100, managed)).requireFit().total())
        .isLessThanOrEqualTo(1024 * MEBIBYTE);
  }

  @Test
  void nothingIsAdvisedThatCannotHelp() {
    assertThat(message(sizes(100, 80, 10, 1)))
        .doesNotContain("Give it -Xmx", "--managedMemory=")
        .contains("Give it a limit of at least");
  }

  @Test
  void stateThatLeavesNoRoomInTheHeapIsRefused() {
    assertThat(message(sizes(8192, 1000, 950, 256)))
        .contains("Keyed state may need 950 MiB of the heap, which is 1000 MiB")
        .contains("-Xmx1056m");
  }

  private static String message(MemorySizes sizes) {
    try {
      MemoryTable.of(sizes).requireFit();
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("fits");
  }
}
