package io.purlin.nativerunner.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatermarkMergerTest {
  private static final long START = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  @Test
  void theSlowestChannelDecides() {
    WatermarkMerger merger = new WatermarkMerger(2);
    assertThat(merger.watermark(0, 10)).isFalse();
    assertThat(merger.millis()).isEqualTo(START);
    assertThat(merger.watermark(1, 5)).isTrue();
    assertThat(merger.millis()).isEqualTo(5);
    assertThat(merger.watermark(1, 20)).isTrue();
    assertThat(merger.millis()).isEqualTo(10);
  }

  @Test
  void anIdleChannelHoldsNothingBack() {
    WatermarkMerger merger = new WatermarkMerger(2);
    merger.watermark(0, 10);
    assertThat(merger.idle(1, true)).isTrue();
    assertThat(merger.millis()).isEqualTo(10);
  }

  @Test
  void aChannelThatComesBackLateDoesNotTurnTimeBack() {
    WatermarkMerger merger = new WatermarkMerger(2);
    merger.watermark(0, 10);
    merger.idle(1, true);
    merger.watermark(1, 5);
    assertThat(merger.millis()).isEqualTo(10);
    merger.watermark(0, 20);
    assertThat(merger.millis()).isEqualTo(10);
    merger.watermark(1, 15);
    assertThat(merger.millis()).isEqualTo(15);
  }

  @Test
  void idleChannelsAloneDoNotEndTime() {
    WatermarkMerger merger = new WatermarkMerger(2);
    merger.watermark(0, 10);
    merger.watermark(1, 10);
    merger.idle(1, true);
    assertThat(merger.watermark(0, END)).isFalse();
    assertThat(merger.millis()).isEqualTo(10);
    assertThat(merger.isIdle()).isTrue();
    assertThat(merger.watermark(1, END)).isTrue();
    assertThat(merger.millis()).isEqualTo(END);
    assertThat(merger.isIdle()).isFalse();
  }

  @Test
  void allIdleIsIdleUntilOneComesBack() {
    WatermarkMerger merger = new WatermarkMerger(2);
    merger.idle(0, true);
    assertThat(merger.isIdle()).isFalse();
    merger.idle(1, true);
    assertThat(merger.isIdle()).isTrue();
    merger.idle(0, false);
    assertThat(merger.isIdle()).isFalse();
  }

  @Test
  void thereMustBeAChannel() {
    assertThatThrownBy(() -> new WatermarkMerger(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomWorkEqualsTheFormula(long seed) {
    Random random = new Random(seed);
    int channels = 1 + random.nextInt(5);
    WatermarkMerger merger = new WatermarkMerger(channels);
    long[] watermarks = new long[channels];
    java.util.Arrays.fill(watermarks, START);
    boolean[] idle = new boolean[channels];
    long previous = START;
    for (int step = 0; step < 2000; step++) {
      int channel = random.nextInt(channels);
      boolean risen;
      if (random.nextInt(3) > 0) {
        long millis = step > 1800 && random.nextInt(10) == 0 ? END : step / 2 + random.nextInt(50);
        watermarks[channel] = Math.max(watermarks[channel], millis);
        idle[channel] = false;
        risen = merger.watermark(channel, millis);
      } else {
        idle[channel] = random.nextBoolean();
        risen = merger.idle(channel, idle[channel]);
      }
      long expected = Math.max(previous, formula(watermarks, idle, previous));
      assertThat(merger.millis()).isEqualTo(expected);
      assertThat(risen).isEqualTo(expected > previous);
      previous = expected;
    }
  }

  private static long formula(long[] watermarks, boolean[] idle, long previous) {
    boolean allEnded = true;
    boolean allIdle = true;
    long least = END;
    for (int i = 0; i < watermarks.length; i++) {
      if (watermarks[i] < END) {
        allEnded = false;
        if (!idle[i]) {
          allIdle = false;
          least = Math.min(least, watermarks[i]);
        }
      }
    }
    return allEnded ? END : allIdle ? previous : least;
  }
}
