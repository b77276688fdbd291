package io.purlin.nativerunner.job.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.checkpoint.CheckpointSettings;
import io.purlin.nativerunner.task.TaskSnapshot;
import io.purlin.nativerunner.view.CheckpointView;
import io.purlin.nativerunner.view.CheckpointsView;
import io.purlin.nativerunner.view.JobView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is remembered of checkpoints. */
class CheckpointLogTest {
  private static final CheckpointSettings SETTINGS = new CheckpointSettings(500, 9_000, 0, 3, 1);

  private final CheckpointLog log = new CheckpointLog();

  @Test
  void aCommittedCheckpointTellsItsSizeItsDurationAndTheLongestPause() {
    long[] pauses = {100, 7};
    log.of(pauses::clone);
    log.triggered(4, false, 2, 1_000);
    pauses[0] = 103;
    log.acknowledged(part(10), 1_020);
    pauses[1] = 12;
    log.acknowledged(part(30), 1_050);
    log.committed(1_200);
    assertThat(log.view(SETTINGS))
        .isEqualTo(
            new CheckpointsView(
                true,
                500,
                9_000,
                1,
                0,
                0,
                JobView.UNKNOWN,
                List.of(
                    new CheckpointView(
                        4,
                        CheckpointView.Status.COMPLETED,
                        false,
                        1_000,
                        1_050,
                        1_200,
                        2,
                        2,
                        40,
                        5,
                        ""))));
    assertThat(log.view(SETTINGS).history().get(0).durationMillis(9_999)).isEqualTo(200);
  }

  @Test
  void oneThatIsUnderWayStandsFirst() {
    log.triggered(1, false, 1, 0);
    log.givenUp("a file was lost", 10);
    log.triggered(2, false, 1, 20);
    CheckpointsView view = log.view(SETTINGS);
    assertThat(view.failed()).isEqualTo(1);
    assertThat(view.history()).extracting(CheckpointView::number).containsExactly(2L, 1L);
    assertThat(view.history().get(0).status()).isEqualTo(CheckpointView.Status.IN_PROGRESS);
    assertThat(view.history().get(0).durationMillis(120)).isEqualTo(100);
    assertThat(view.history().get(1).reason()).isEqualTo("a file was lost");
  }

  @Test
  void nothingIsGivenUpTwice() {
    log.triggered(1, false, 1, 0);
    log.givenUp("first", 10);
    log.givenUp("second", 20);
    assertThat(log.view(SETTINGS).failed()).isEqualTo(1);
  }

  @Test
  void onlyTheNewestAreRemembered() {
    for (int i = 0; i < 2 * CheckpointLog.MOST; i++) {
      log.triggered(i, false, 0, i);
      log.committed(i);
    }
    CheckpointsView view = log.view(SETTINGS);
    assertThat(view.completed()).isEqualTo(2 * CheckpointLog.MOST);
    assertThat(view.history()).hasSize(CheckpointLog.MOST);
    assertThat(view.history().get(0).number()).isEqualTo(2 * CheckpointLog.MOST - 1);
  }

  @Test
  void goingOnFromACheckpointIsARestoreAndFromTheBeginningIsNone() {
    log.restored(0);
    assertThat(log.view(SETTINGS).restored()).isZero();
    log.restored(12);
    assertThat(log.view(SETTINGS).restored()).isEqualTo(1);
    assertThat(log.view(SETTINGS).restoredNumber()).isEqualTo(12);
  }

  @Test
  void aJobWithoutCheckpointsSaysSo() {
    assertThat(log.view(null)).isEqualTo(CheckpointsView.NONE);
  }

  private static TaskSnapshot part(int bytes) {
    return new TaskSnapshot("step", 0, 0, List.of(new byte[bytes]), Map.of(), List.of());
  }
}
