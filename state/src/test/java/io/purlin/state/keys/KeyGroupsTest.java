package io.purlin.state.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;

class KeyGroupsTest {
  /**
   * These values are on disk wherever state is stored: a change of the code must not change them.
   */
  @Test
  void groupsNeverChange() {
    KeyGroups strings = new KeyGroups(StringUtf8Coder.of(), 128);
    assertThat(strings.keyGroup("")).isEqualTo(0);
    assertThat(strings.keyGroup("purlin")).isEqualTo(103);
    KeyGroups longs = new KeyGroups(VarLongCoder.of(), 128);
    assertThat(longs.keyGroup(0L)).isEqualTo(0);
    assertThat(longs.keyGroup(1L)).isEqualTo(55);
    assertThat(longs.keyGroup(-1L)).isEqualTo(0);
    assertThat(longs.keyGroup(1_700_000_000_000L)).isEqualTo(6);
    assertThat(new KeyGroups(VarIntCoder.of(), 32_768).keyGroup(42)).isEqualTo(19804);
    assertThat(new KeyGroups(DoubleCoder.of(), 128).keyGroup(0.5)).isEqualTo(96);
    assertThat(new KeyGroups(ByteArrayCoder.of(), 128).keyGroup(new byte[] {1, 2, 3}))
        .isEqualTo(33);
    assertThat(
            new KeyGroups(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()), 128)
                .keyGroup(KV.of("page", 7L)))
        .isEqualTo(82);
    assertThat(
            new KeyGroups(KvCoder.of(StringUtf8Coder.of(), DoubleCoder.of()), 128)
                .keyGroup(KV.of("page", 0.25)))
        .isEqualTo(74);
    assertThat(new KeyGroups(VoidCoder.of(), 128).keyGroup(null)).isEqualTo(0);
    assertThat(new KeyGroups(NullableCoder.of(StringUtf8Coder.of()), 128).keyGroup(null))
        .isEqualTo(91);
  }

  @Test
  void equalEncodingsShareAGroup() {
    KeyGroups arrays = new KeyGroups(ByteArrayCoder.of(), 128);
    assertThat(arrays.keyGroup(new byte[] {9, 9})).isEqualTo(arrays.keyGroup(new byte[] {9, 9}));
  }

  @Test
  void groupsAreEvenlyUsed() {
    KeyGroups groups = new KeyGroups(BigEndianLongCoder.of(), 128);
    int[] used = new int[128];
    for (long key = 0; key < 128_000; key++) {
      used[groups.keyGroup(key * 1024)]++;
    }
    assertThat(Arrays.stream(used).min().orElseThrow()).isGreaterThan(800);
    assertThat(Arrays.stream(used).max().orElseThrow()).isLessThan(1200);
  }

  @Test
  void tasksOwnRangesOfGroups() {
    for (int parallelism : new int[] {1, 2, 3, 7, 128}) {
      HashMap<Integer, Integer> owned = new HashMap<>();
      int before = 0;
      for (int group = 0; group < 128; group++) {
        int task = KeyGroups.task(group, parallelism, 128);
        assertThat(task).isBetween(before, Math.min(before + 1, parallelism - 1));
        owned.merge(task, 1, Integer::sum);
        before = task;
      }
      assertThat(owned).hasSize(parallelism);
      int even = 128 / parallelism;
      assertThat(owned.values()).allMatch(count -> count == even || count == even + 1);
    }
  }

  @Test
  void taskOfFollowsTheGroup() {
    KeyGroups groups = new KeyGroups(VarLongCoder.of(), 128);
    for (long key = 0; key < 100; key++) {
      assertThat(groups.taskOf(key, 5)).isEqualTo(KeyGroups.task(groups.keyGroup(key), 5, 128));
    }
  }

  @Test
  void maxParallelismHasARange() {
    assertThatThrownBy(() -> new KeyGroups(VarLongCoder.of(), 0)).hasMessageContaining("is 0");
    assertThatThrownBy(() -> new KeyGroups(VarLongCoder.of(), 32_769))
        .hasMessageContaining("1 to 32768");
  }
}
