package io.purlin.nativerunner.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 8, 17})
  void holdsExactlyItsCapacityInOrder(int capacity) {
    Ring<Integer> ring = new Ring<>(capacity);
    int written = 0;
    int read = 0;
    for (int round = 0; round < 5; round++) {
      while (ring.offer(written)) {
        written++;
      }
      assertThat(written - read).isEqualTo(capacity);
      assertThat(ring.size()).isEqualTo(capacity);
      for (Integer next = ring.poll(); next != null; next = ring.poll()) {
        assertThat(next).isEqualTo(read++);
      }
      assertThat(read).isEqualTo(written);
    }
  }

  @Test
  void anEmptyRingGivesNothing() {
    Ring<String> ring = new Ring<>(2);
    assertThat(ring.poll()).isNull();
    assertThat(ring.size()).isZero();
  }
}
