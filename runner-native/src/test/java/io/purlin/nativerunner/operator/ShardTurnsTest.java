package io.purlin.nativerunner.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardTurnsTest {
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

  private static List<Integer> next(ShardTurns turns, int keyHash, int elements) {
    List<Integer> shards = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      shards.add(turns.next(keyHash));
    }
    return shards;
  }
}
