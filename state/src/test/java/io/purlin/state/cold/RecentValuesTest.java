package io.purlin.state.cold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentValuesTest {
  private static final long MUCH = 1 << 30;

  @TempDir Path directory;

  private final List<ValueLog> logs = new ArrayList<>();
  private int made;

  @AfterEach
  void close() throws IOException {
    for (ValueLog each : List.copyOf(logs)) {
      each.close();
    }
  }

  private RecentValues values(long mostLogBytes, long mostIndexBytes) {
    return new RecentValues(() -> log(mostLogBytes), () -> mostIndexBytes);
  }

  private ValueLog log(long mostBytes) {
    try {
      ValueLog log = new ValueLog(directory.resolve("log-" + made++), logs::remove, mostBytes);
      logs.add(log);
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] key(int number) {
    return ("key " + number).getBytes(StandardCharsets.UTF_8);
  }

  /** What is found is always the last value; what is not found may have been forgotten. */
  @ParameterizedTest
  @CsvSource({
    "1073741824, 1073741824, 1.0",
    "200000, 1073741824, 0.05",
    "1073741824, 8192, 0.05",
    "100000, 4096, 0.01",
    "1073741824, 100, 0.0",
    "10, 1073741824, 0.0"
  })
  void whatIsFoundIsTheLastValue(long mostLogBytes, long mostIndexBytes, double leastFound) {
    RecentValues recent = values(mostLogBytes, mostIndexBytes);
    Map<Integer, byte[]> model = new HashMap<>();
    Map<Integer, Long> positions = new HashMap<>();
    Random random = new Random(3);
    long asked = 0;
    long found = 0;
    for (int i = 0; i < 60_000; i++) {
      int key = random.nextInt(5_000);
      switch (random.nextInt(10)) {
        case 0 -> {
          recent.forget(key(key));
          model.remove(key);
        }
        case 1, 2, 3, 4 -> {
          byte[] value = new byte[random.nextInt(200)];
          random.nextBytes(value);
          positions.put(key, recent.put(key(key), value));
          model.put(key, value);
        }
        default -> {
          byte[] value = recent.get(key(key));
          byte[] last = model.get(key);
          if (value != null) {
            assertThat(value).isEqualTo(last);
          }
          asked += last == null ? 0 : 1;
          found += value == null ? 0 : 1;
          byte[] byPosition =
              last == null ? null : recent.at(positions.getOrDefault(key, -1L), key(key));
          if (byPosition != null) {
            assertThat(byPosition).isEqualTo(last);
          }
        }
      }
      assertThat(recent.indexBytes()).isLessThanOrEqualTo(Math.max(0, mostIndexBytes));
      assertThat(logs).hasSizeLessThanOrEqualTo(2);
    }
    assertThat(found).isGreaterThanOrEqualTo((long) (asked * leastFound));
  }

  @Test
  void theOlderHalfGoesFirst() {
    RecentValues recent = values(MUCH, 8_192);
    for (int i = 0; i < 5_000; i++) {
      recent.put(key(i), key(i));
    }
    for (int i = 4_800; i < 5_000; i++) {
      assertThat(recent.get(key(i))).isEqualTo(key(i));
    }
    assertThat(recent.get(key(0))).isNull();
  }

  @Test
  void aPositionHoldsAsLongAsItsLog() {
    RecentValues recent = values(10_000, 4_096);
    long first = recent.put(key(0), new byte[100]);
    int i = 1;
    while (made < 3) {
      assertThat(recent.at(first, key(0))).as("after %s", i).hasSize(100);
      recent.put(key(i++), new byte[100]);
    }
    assertThat(i).isGreaterThan(100);
    assertThat(recent.at(first, key(0))).isNull();
    assertThat(recent.at(RecentValues.NONE, key(0))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000", "1073741824, 1048577"})
  void aValueThatIsNotTakenHidesTheOneBefore(long mostLogBytes, int tooLarge) {
    RecentValues recent = values(mostLogBytes, MUCH);
    recent.put(key(1), new byte[100]);
    assertThat(recent.put(key(1), new byte[tooLarge])).isEqualTo(RecentValues.NONE);
    assertThat(recent.get(key(1))).isNull();
  }

  @Test
  void nothingToFindTakesNoMemory() {
    RecentValues recent = values(MUCH, MUCH);
    for (int i = 0; i < 1_000; i++) {
      recent.put(key(i), key(i));
    }
    assertThat(recent.indexBytes()).isBetween(8_000L, 32_000L);
    for (int i = 0; i < 1_000; i++) {
      recent.forget(key(i));
    }
    assertThat(recent.indexBytes()).isZero();
  }

  @Test
  void keysWhoseHashesAreEqualPushEachOtherOut() {
    RecentValues recent = values(MUCH, MUCH);
    Map<Long, byte[]> keys = new HashMap<>();
    Random random = new Random(1);
    byte[] one = null;
    byte[] other = {};
    while (one == null) {
      other = new byte[8];
      random.nextBytes(other);
      CRC32C crc = new CRC32C();
      crc.update(other, 0, other.length);
      one = keys.put(crc.getValue(), other);
    }
    recent.put(one, key(1));
    recent.put(other, key(2));
    assertThat(recent.get(one)).isNull();
    assertThat(recent.get(other)).isEqualTo(key(2));
    recent.forget(one);
    assertThat(recent.get(other)).isNull();
  }
}
