package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Signal;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The runner is told to end, at any moment. */
final class Stops {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int TERMINATED = 143;

  private Stops() {}

  static List<Row> rows() {
    return List.of(
        new ScriptedRow("F33", "the runner is told to end: running, starting, twice", Stops::told));
  }

  private static Verdict told(Round round, Stage stage, Random random) {
    for (int i = 0; i < 3; i++) {
      OwnProcess life = round.start();
      round.awaitProgress(life);
      round.pass(life, Duration.ofMillis(random.nextInt(500)));
      life.signal(Signal.TERM);
      ends(life);
    }
    OwnProcess starting = round.start();
    round.pass(starting, Duration.ofMillis(1_000 + random.nextInt(2_000)));
    starting.signal(Signal.TERM);
    ends(starting);
    OwnProcess impatient = round.start();
    round.awaitProgress(impatient);
    impatient.signal(Signal.TERM);
    impatient.signal(Signal.TERM);
    ends(impatient);
    return round.finish(round.start());
  }

  /** A JVM that ends by a signal says so, whatever its hooks have done. */
  private static void ends(OwnProcess life) {
    int code = life.awaitExit(LIMIT).orElse(-1);
    if (code != 0 && code != TERMINATED) {
      throw new Violation("told to end, the runner ends with " + code + "\n" + life.logTail());
    }
  }
}
