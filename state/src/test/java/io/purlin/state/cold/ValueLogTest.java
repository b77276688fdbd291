package io.purlin.state.cold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    try (ValueLog log = new ValueLog(directory.resolve("log"), it -> {}, Long.MAX_VALUE)) {
      List<byte[]> keys = new ArrayList<>();
      List<byte[]> values = new ArrayList<>();
      List<Long> positions = new ArrayList<>();
      for (int i = 0; i < VALUES; i++) {
        byte[] value = value(i);
        values.add(value);
        keys.add(key(i));
        positions.add(log.append(keys.get(i), value));
        int earlier = random.nextInt(i + 1);
        assertThat(log.read(positions.get(earlier), keys.get(earlier)))
            .isEqualTo(values.get(earlier));
      }
      assertThat(positions).isSorted().doesNotHaveDuplicates();
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < VALUES; i++) {
        assertThat(log.read(positions.get(i), keys.get(i))).isEqualTo(values.get(i));
        order.add(i);
      }
      Collections.shuffle(order, random);
      for (int each : order) {
        assertThat(log.read(positions.get(each), keys.get(each))).isEqualTo(values.get(each));
      }
    }
  }

  @Test
  void aRecordOfAnotherKeyIsNoneOfThisOne() throws IOException {
    try (ValueLog log = new ValueLog(directory.resolve("log"), it -> {}, Long.MAX_VALUE)) {
      long unwritten = log.append(key(1), new byte[10]);
      assertThat(log.read(unwritten, key(1))).hasSize(10);
      assertThat(log.read(unwritten, key(2))).isNull();
      log.append(key(3), new byte[LARGEST]);
      assertThat(log.read(unwritten, key(1))).hasSize(10);
      assertThat(log.read(unwritten, key(2))).isNull();
      assertThat(log.read(unwritten, new byte[0])).isNull();
    }
  }

  private static byte[] key(int number) {
    return ("key " + number).getBytes(StandardCharsets.UTF_8);
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
    byte[] key = new byte[4];
    try (ValueLog log = new ValueLog(directory.resolve("log"), it -> {}, 128)) {
      long first = log.append(key, new byte[50]);
      assertThat(log.append(key, new byte[53])).isEqualTo(ValueLog.NONE);
      long second = log.append(key, new byte[52]);
      assertThat(log.append(key, new byte[0])).isEqualTo(ValueLog.NONE);
      assertThat(log.read(first, key)).hasSize(50);
      assertThat(log.read(second, key)).hasSize(52);
      assertThat(log.length()).isEqualTo(128);
    }
  }

  @Test
  void nothingIsLeftOfOneThatIsClosed() throws IOException {
    List<String> told = new ArrayList<>();
    Path path = directory.resolve("log");
    ValueLog log = new ValueLog(path, it -> told.add("closed"), Long.MAX_VALUE);
    log.append(new byte[4], new byte[1 << 20]);
    assertThat(path).exists();
    log.close();
    log.close();
    assertThat(path).doesNotExist();
    assertThat(told).isNotEmpty();
  }
}
