package io.purlin.nativerunner.memory;

import static org.assertj.core.api.Assertions.assertThat;

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
        Collector.CONCURRENT,
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
            8L << 30,
            1L << 30,
            0,
            0,
            300 * MEBIBYTE,
            200 * MEBIBYTE,
            MEBIBYTE,
            Collector.SERIAL,
            4096,
            10,
            0,
            8);
    MemoryTable table = MemoryTable.of(set);
    assertThat(row(table, "classes")).isEqualTo(300 * MEBIBYTE);
    assertThat(row(table, "direct buffers")).isEqualTo(200 * MEBIBYTE);
    assertThat(row(table, "compiled code")).isEqualTo(MEBIBYTE);
    assertThat(row(table, "exchange buffers")).isZero();
    assertThat(row(table, "threads")).isLessThan(MEBIBYTE);
    assertThat(row(table, "collector")).isEqualTo(16 * MEBIBYTE);
  }

  @Test
  void whatFitsIsShown() {
    MemoryTable table = MemoryTable.of(sizes(4096, 2048, 682, 256));
    assertThat(table.misfit()).isNull();
    assertThat(table.toString())
        .containsPattern(
            "heap +2,048\\.0 MiB +-Xmx: keyed state 682\\.0; exchange buffers [0-9.]+; ")
        .containsPattern("RocksDB +256\\.0 MiB +--managedMemory")
        .containsPattern("together +2,[0-9]{3}\\.[0-9] MiB +of the 4,096\\.0 that")
        .hasLineCount(9);
  }

  @Test
  void whatDoesNotFitIsRefusedAndTheAdviceHelps() {
    MemorySizes tooMuch = sizes(2048, 2000, 600, 512);
    assertThat(message(tooMuch))
        .contains("the container or machine has 2048 MiB", "Give it -Xmx", "a limit of at least");
    String advice = message(tooMuch).replaceAll("(?s).*-Xmx([0-9]+)m.*", "$1");
    long heap = Long.parseLong(advice);
    assertThat(fitting(sizes(2048, heap, 600, 512)).total())
        .isBetween(2040 * MEBIBYTE, 2048 * MEBIBYTE);
  }

  @Test
  void lessForRocksDbIsAdvisedWhereThatIsEnough() {
    MemorySizes tooMuch = sizes(1024, 512, 100, 512);
    String advice = message(tooMuch).replaceAll("(?s).*--managedMemory=([0-9]+).*", "$1");
    long managed = Long.parseLong(advice) / MEBIBYTE;
    assertThat(managed).isBetween(16L, 511L);
    assertThat(fitting(sizes(1024, 512, 100, managed)).total())
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

  /**
   * What two jobs had at most, in MiB: the whole heap, and beside it what the JVM's tracking or the
   * resident set showed (docs/operations.md). The estimates are above that, and not by much.
   */
  @ParameterizedTest
  @CsvSource({"1024, 0, 0, 1167, 14, 20", "1024, 95, 128, 1337, 21, 52"})
  void estimatesAreOnTheSafeSideOfWhatWasMeasured(
      long heap, long heapState, long managed, long measured, int tasks, int channels) {
    MemorySizes sizes =
        new MemorySizes(
            8192 * MEBIBYTE,
            heap * MEBIBYTE,
            heapState * MEBIBYTE,
            managed * MEBIBYTE,
            0,
            0,
            240 * MEBIBYTE,
            Collector.CONCURRENT,
            MEBIBYTE,
            tasks,
            channels,
            8);
    assertThat(MemoryTable.of(sizes).total() / MEBIBYTE).isBetween(measured, measured * 5 / 4);
  }

  private static MemoryTable fitting(MemorySizes sizes) {
    MemoryTable table = MemoryTable.of(sizes);
    assertThat(table.misfit()).isNull();
    return table;
  }

  private static String message(MemorySizes sizes) {
    String misfit = MemoryTable.of(sizes).misfit();
    assertThat(misfit).isNotNull();
    return String.valueOf(misfit);
  }
}
