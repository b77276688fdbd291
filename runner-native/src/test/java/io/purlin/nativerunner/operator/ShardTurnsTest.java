package io.purlin.nativerunner.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardTurnsTest {
  private static final int GROUPS = 16;

  @Test
  void aTurnIsAsLongAsABatch() {
    assertThat(next(new ShardTurns(3, 2), 7, 9)).containsExactly(0, 0, 1, 1, 2, 2, 0, 0, 1);
  }

  @Test
  void keysTakeTurnsOfTheirOwn() {
    ShardTurns turns = new ShardTurns(2, 1);
    assertThat(next(turns, 7, 3)).containsExactly(0, 1, 0);
    assertThat(next(turns, 8, 3)).containsExactly(0, 1, 0);
  }

  @Test
  void whatOpenBatchesLackComesFirst() {
    ShardTurns turns = new ShardTurns(2, 4);
    turns.open(7, 0, 3);
    turns.open(7, 4, 1);
    turns.open(7, 4, 1);
    assertThat(next(turns, 7, 7)).containsExactly(0, 4, 4, 0, 0, 0, 0);
  }

  private static List<Integer> next(ShardTurns turns, int keyHash, int elements) {
    List<Integer> shards = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      shards.add(turns.next(ShardTurns.counter(keyHash)));
    }
    return shards;
  }

  /**
   * Tasks come to a barrier one after another. What those that came later had sent behind the
   * barriers of the others took turns away, and is sent once more: all batches are full in the end.
   */
  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "4,4", "4,1", "1,4", "3,5"})
  void batchesFillUpThroughRestarts(int before, int now) throws IOException {
    int turn = 10;
    Random random = new Random(31L * before + now);
    Map<Integer, Integer> sent = new TreeMap<>();
    List<byte[]> snapshots = List.of();
    int[] parallelism = {before, now, before};
    int elements = 0;
    for (int tasks : parallelism) {
      List<ShardCounts> counts = restored(snapshots, tasks, turn);
      boolean[] passed = new boolean[tasks];
      List<byte[]> written = new ArrayList<>();
      while (written.size() < tasks) {
        int task = random.nextInt(tasks);
        int shard = counts.get(task).next(7);
        if (passed[task]) {
          continue;
        }
        sent.merge(shard, 1, Integer::sum);
        elements++;
        if (random.nextInt(40) == 0) {
          passed[task] = true;
          written.add(snapshot(counts.get(task), task, tasks));
        }
      }
      snapshots = written;
    }
    ShardCounts last = restored(snapshots, 1, turn).get(0);
    for (; elements % turn != 0 || isAnyOpen(sent, turn); elements++) {
      assertThat(elements).isLessThan(10_000);
      sent.merge(last.next(7), 1, Integer::sum);
    }
    int most = elements;
    // As many elements as make full batches leave none open, however many follow.
    for (; elements < most + 10 * turn; elements++) {
      if (elements % turn == 0) {
        assertThat(isAnyOpen(sent, turn)).isFalse();
      }
      sent.merge(last.next(7), 1, Integer::sum);
    }
  }

  private static boolean isAnyOpen(Map<Integer, Integer> sent, int turn) {
    return sent.values().stream().anyMatch(each -> each % turn != 0);
  }

  private static List<ShardCounts> restored(List<byte[]> snapshots, int tasks, long turn)
      throws IOException {
    ShardTurns turns = new ShardTurns(tasks, turn);
    List<ShardCounts> counts = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      ShardCounts restored = new ShardCounts("step", turns);
      for (byte[] each : snapshots) {
        new SnapshotSource(new ByteArrayInputStream(each), task, tasks, GROUPS)
            .restoreTo(restored, false);
      }
      counts.add(restored);
    }
    return counts;
  }

  private static byte[] snapshot(ShardCounts counts, int task, int tasks) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotSink sink = new SnapshotSink(bytes, task, tasks, GROUPS);
    counts.snapshot(sink);
    sink.finish();
    return bytes.toByteArray();
  }
}
