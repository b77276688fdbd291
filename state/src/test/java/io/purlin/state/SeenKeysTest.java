package io.purlin.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are found as in a map from window and key to segment. */
class SeenKeysTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomKeysEqualAMap(long seed) {
    Random random = new Random(seed);
    SeenKeys keys = new SeenKeys();
    Map<List<Object>, Integer> model = new HashMap<>();
    int mostBytes = 1 + random.nextInt(20);
    int windows = 1 + random.nextInt(3);
    for (int i = 0; i < 50_000; i++) {
      int window = random.nextInt(windows);
      byte[] key = key(random, mostBytes);
      // A frame is longer than the key at its beginning.
      int length = random.nextInt(key.length + 1);
      List<Object> expectedKey = List.of(window, ByteBuffer.wrap(key.clone(), 0, length));
      if (random.nextBoolean()) {
        int expected = model.computeIfAbsent(expectedKey, k -> model.size() / 1000);
        assertThat(keys.add(window, key, length, expected)).isEqualTo(expected);
        assertThat(keys.add(window, key, length, 1_000_000)).isEqualTo(expected);
      } else {
        assertThat(keys.segmentOf(window, key, length))
            .isEqualTo(model.getOrDefault(expectedKey, SeenKeys.NONE));
      }
    }
    assertThat(keys.isEmpty()).isFalse();
    model.forEach(
        (key, segment) -> {
          byte[] bytes =
              ByteBuffer.allocate(((ByteBuffer) key.get(1)).remaining())
                  .put(((ByteBuffer) key.get(1)).duplicate())
                  .array();
          assertThat(keys.segmentOf((int) key.get(0), bytes, bytes.length)).isEqualTo(segment);
        });
  }

  private static byte[] key(Random random, int mostBytes) {
    // Some larger than a block of entries.
    byte[] key = new byte[random.nextInt(5_000) == 0 ? 1_500_000 : random.nextInt(mostBytes + 1)];
    for (int i = 0; i < Math.min(key.length, 100); i++) {
      key[i] = (byte) random.nextInt(4);
    }
    return key;
  }
}
