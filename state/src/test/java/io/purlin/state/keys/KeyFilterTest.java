package io.purlin.state.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyFilterTest {
  private static final int KEYS = 300_000;

  @Test
  void nothingIsInAnEmptyOne() {
    KeyFilter filter = new KeyFilter();
    for (int hash = -1000; hash < 1000; hash++) {
      assertThat(filter.mayContain(hash)).isFalse();
    }
  }

  @Test
  void everyKeyThatWasAddedIsFoundWhileItGrows() {
    KeyFilter filter = new KeyFilter();
    SplittableRandom random = new SplittableRandom(1);
    int[] hashes = random.ints(KEYS).toArray();
    for (int i = 0; i < KEYS; i++) {
      filter.add(hashes[i]);
      assertThat(filter.mayContain(hashes[i])).isTrue();
      assertThat(filter.mayContain(hashes[i / 2])).isTrue();
    }
    for (int each : hashes) {
      assertThat(filter.mayContain(each)).isTrue();
    }
  }

  @Test
  void fewOthersAreTakenForOnesThatWereAdded() {
    KeyFilter filter = new KeyFilter();
    for (int hash = 0; hash < KEYS; hash++) {
      filter.add(hash);
    }
    int wrong = 0;
    for (int hash = KEYS; hash < 2 * KEYS; hash++) {
      wrong += filter.mayContain(hash) ? 1 : 0;
    }
    assertThat(wrong).isLessThan(KEYS / 20);
    assertThat(filter.added()).isBetween(KEYS * 9L / 10, (long) KEYS);
    assertThat(filter.bytes()).isBetween(KEYS * 2L, KEYS * 11L);
  }

  @Test
  void whatIsAddedAgainTakesNoRoom() {
    KeyFilter filter = new KeyFilter();
    for (int i = 0; i < KEYS; i++) {
      filter.add(i % 10);
    }
    assertThat(filter.added()).isLessThanOrEqualTo(10);
    assertThat(filter.bytes()).isEqualTo(new KeyFilter().bytes());
  }
}
