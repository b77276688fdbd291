package io.purlin.state.cold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValueLogTest {
  private static final int VALUES = 500;
  private static final int LARGEST = 200_000;

  @TempDir Path directory;

  private final Random random = new Random(1);

  @Test
  void valuesAreReadAsTheyWereWrittenInAnyOrderAndBetweenOthers() throws IOException {
    try (ValueLog log = new ValueLog(directory.resolve("log"), it -> {})) {
      List<byte[]> values = new ArrayList<>();
      List<Long> positions = new ArrayList<>();
      for (int i = 0; i < VALUES; i++) {
        byte[] value = value(i);
        values.add(value);
        positions.add(log.append(value));
        int earlier = random.nextInt(i + 1);
        assertThat(log.read(positions.get(earlier))).isEqualTo(values.get(earlier));
      }
      assertThat(positions).isSorted().doesNotHaveDuplicates();
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < VALUES; i++) {
        assertThat(log.read(positions.get(i))).isEqualTo(values.get(i));
        order.add(i);
      }
      Collections.shuffle(order, random);
      for (int each : order) {
        assertThat(log.read(positions.get(each))).isEqualTo(values.get(each));
      }
    }
  }

  /** Small and large ones, empty ones, and ones about as large as a buffer. */
  private byte[] value(int number) {
    int length =
        switch (number % 5) {
          case 0 -> 0;
          case 1 -> random.nextInt(LARGEST);
          case 2 -> (32 << 10) - 6 + random.nextInt(12);
          default -> random.nextInt(2000);
        };
    byte[] value = new byte[length];
    random.nextBytes(value);
    return value;
  }

  @Test
  void whatDoesNotFitIsNotTaken() throws IOException {
    try (ValueLog log = new ValueLog(directory.resolve("log"), it -> {}, 100)) {
      long first = log.append(new byte[50]);
      assertThat(log.append(new byte[50])).isEqualTo(ValueLog.NONE);
      long second = log.append(new byte[40]);
      assertThat(log.append(new byte[0])).isEqualTo(ValueLog.NONE);
      assertThat(log.read(first)).hasSize(50);
      assertThat(log.read(second)).hasSize(40);
    }
  }

  @Test
  void nothingIsLeftOfOneThatIsClosed() throws IOException {
    List<String> told = new ArrayList<>();
    Path path = directory.resolve("log");
    ValueLog log = new ValueLog(path, it -> told.add("closed"));
    log.append(new byte[1 << 20]);
    assertThat(path).exists();
    log.close();
    log.close();
    assertThat(path).doesNotExist();
    assertThat(told).isNotEmpty();
  }
}
