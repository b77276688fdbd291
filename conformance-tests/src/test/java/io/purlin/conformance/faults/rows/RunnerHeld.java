package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Signal;
import io.purlin.conformance.faults.stage.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The runner stands still for so long that the broker gives its transaction up. */
final class RunnerHeld {
  private RunnerHeld() {}

  static List<Row> rows() {
    return List.of(
        new ScriptedRow(
            "F10", "the runner is held for longer than its transaction", RunnerHeld::held));
  }

  private static Verdict held(Round round, Stage stage, Random random) {
    round.with(BrokerAway.SHORT_TRANSACTIONS);
    OwnProcess life = round.start();
    for (int i = 0; i < 2; i++) {
      round.awaitProgress(life);
      round.pass(life, Duration.ofMillis(random.nextInt(300)));
      life.signal(Signal.STOP);
      round.pass(life, Duration.ofSeconds(12));
      life.signal(Signal.CONT);
    }
    round.awaitProgress(life);
    return round.finish(life);
  }
}
