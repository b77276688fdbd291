package io.purlin.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.conformance.faults.rows.ManyRestarts;
import io.purlin.conformance.faults.rows.RandomKills;
import io.purlin.conformance.faults.rows.Settings;
import io.purlin.conformance.faults.rows.Stops;
import io.purlin.conformance.faults.stage.Load;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Signal;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import io.purlin.sdk.faults.KillPoint;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first row of the matrix in short, and that the harness can fail. */
class FaultsTest {
  private static final int KILLS = 5;
  private static final int RESTARTS = 20;
  private static final long SEED = 1;

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.open(Path.of("target", "faults").toAbsolutePath());
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void nothingIsLostOrDoubledWhenTheRunnerIsKilled() {
    String says = new RandomKills().play(stage, new Settings(KILLS, 1, SEED));
    assertThat(says).startsWith(KILLS + " kills").contains("0 lost, 0 doubled, 0 out of order");
  }

  @Test
  void aJobThatStartsAgainInItsProcessLeavesNothingBehind() {
    Settings settings = new Settings(KILLS, 1, SEED).with(RESTARTS, 0);
    String says = new ManyRestarts().play(stage, settings);
    assertThat(says).contains(RESTARTS + " restarts", "0 lost, 0 doubled, 0 out of order");
  }

  @Test
  void withoutCheckpointsTheOracleSeesWhatIsDoubled() {
    try (Round round = stage.round("without", Load.ORDINARY, SEED)) {
      round.with("--checkpointingInterval=0");
      OwnProcess life = round.start();
      round.awaitProgress(life);
      round.kill(life);
      OwnProcess next = round.start();
      assertThatThrownBy(() -> round.finish(next))
          .isInstanceOf(Violation.class)
          .hasMessageContaining("doubled: ");
    }
  }

  @Test
  void aRunnerThatIsToldToEndStopsInOrderOrAtOnceWhenToldTwice() {
    try (Round round = stage.round("told", Load.ORDINARY, SEED)) {
      OwnProcess life = round.start();
      round.awaitProgress(life);
      life.signal(Signal.TERM);
      round.expectExit(life, 0, Duration.ofMinutes(1));
      Stops.endsAtOnceWhenToldTwice(round);
      assertThat(round.finish(round.start()).good()).isTrue();
    }
  }

  @Test
  void aJobThatHasCommittedItsEndIsNotDoneAgain() {
    try (Round round = stage.round("ended", Load.ORDINARY, SEED)) {
      OwnProcess life =
          round.start("-D" + KillPoint.PROPERTY + "=" + KillPoint.STOPPING.code() + ":2");
      round.awaitProgress(life);
      round.endSource();
      round.expectExit(life, OwnProcess.KILLED, Duration.ofMinutes(1));
      assertThat(round.finish(round.start()).good()).isTrue();
    }
  }
}
