package io.purlin.nativerunner.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.task.Task;
import io.purlin.nativerunner.task.TaskSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestoredTest {
  private static final byte[] SPLIT = {1};

  @Test
  void aTaskGoesOnFromItsOwnWatermark() {
    Restored restored =
        new Restored(List.of(task("sum", 1, 700, List.of()), task("sum", 0, 300, List.of())));
    assertThat(start(restored, "sum", 0, 2)).isEqualTo(300);
    assertThat(start(restored, "sum", 1, 2)).isEqualTo(700);
  }

  @Test
  void withMoreOrFewerTasksTheLeastWatermarkCounts() {
    Restored restored =
        new Restored(List.of(task("sum", 0, 700, List.of()), task("sum", 1, 300, List.of())));
    assertThat(start(restored, "sum", 0, 1)).isEqualTo(300);
    assertThat(start(restored, "sum", 2, 3)).isEqualTo(300);
  }

  /** Else what a split gives is late and dropped, when another task was further ahead. */
  @Test
  void splitsMayComeToAnyTaskOfTheirSourceSoTheLeastWatermarkCounts() {
    Restored restored =
        new Restored(
            List.of(task("read", 1, 700, List.of(SPLIT)), task("read", 0, 300, List.of(SPLIT))));
    assertThat(start(restored, "read", 0, 2)).isEqualTo(300);
    assertThat(start(restored, "read", 1, 2)).isEqualTo(300);
  }

  private static TaskSnapshot task(
      String chain, int index, long watermarkMillis, List<byte[]> positions) {
    return new TaskSnapshot(chain, index, watermarkMillis, positions, Map.of(), List.of());
  }

  private static long start(Restored restored, String chain, int index, int parallelism) {
    return restored.start(new Task.Name(chain, index, parallelism)).watermarkMillis();
  }
}
