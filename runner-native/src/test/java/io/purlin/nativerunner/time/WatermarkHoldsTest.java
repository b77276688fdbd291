package io.purlin.nativerunner.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatermarkHoldsTest {
  private final WatermarkHolds holds = new WatermarkHolds();

  @Test
  void nothingHolds() {
    assertThat(holds.minMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aTimeHoldsAsOftenAsItWasAdded() {
    holds.add(5);
    holds.add(5);
    holds.add(8);
    holds.remove(5);
    assertThat(holds.minMillis()).isEqualTo(5);
    holds.remove(5);
    assertThat(holds.minMillis()).isEqualTo(8);
    holds.remove(8);
    assertThat(holds.minMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatIsNotHeldCannotBeRemoved() {
    holds.add(5);
    assertThatThrownBy(() -> holds.remove(6)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomWorkEqualsAList(long seed) {
    Random random = new Random(seed);
    List<Long> model = new ArrayList<>();
    int range = 1 + random.nextInt(2000);
    int most = 1 + random.nextInt(200);
    for (int step = 0; step < 20_000; step++) {
      if (model.size() < most && random.nextBoolean()) {
        long time = random.nextInt(range);
        holds.add(time);
        model.add(time);
      } else if (!model.isEmpty()) {
        long time = model.remove(random.nextInt(model.size()));
        holds.remove(time);
      }
      if (random.nextInt(4) == 0) {
        long expected = model.isEmpty() ? Long.MAX_VALUE : Collections.min(model);
        assertThat(holds.minMillis()).isEqualTo(expected);
      }
    }
  }
}
