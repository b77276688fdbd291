package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** User code fails. */
final class UserFailures {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private UserFailures() {}

  static List<Row> rows() {
    return List.of(
        new ScriptedRow("F23", "user code throws, everywhere and for ever", UserFailures::throwing),
        new ScriptedRow("F24", "user code runs into errors of the machine", UserFailures::errors));
  }

  private static Verdict throwing(Round round, Stage stage, Random random) {
    OwnProcess life = round.start();
    for (String failure :
        List.of(
            "process exception 1",
            "timer exception 1",
            "start exception 1",
            "finish exception 1",
            "encode exception 1",
            "process exception 3")) {
      round.awaitProgress(life);
      round.trap(failure);
      round.awaitSprung(life);
    }
    round.awaitProgress(life);
    round.kill(life);
    // What fails while a run begins is tried again like everything else.
    for (String failure : List.of("setup exception 1", "decode exception 1")) {
      round.trap(failure);
      life = round.start();
      round.awaitSprung(life);
      round.awaitProgress(life);
      round.kill(life);
    }
    for (String strategy : List.of("fixed_delay", "exponential_delay", "failure_rate", "none")) {
      round.with(
          "--restartStrategy=" + strategy, "--restartAttempts=2", "--restartDelayMillis=100");
      poison(round);
    }
    return round.finish(round.start());
  }

  /** What always fails ends the job with its first cause, and can be gone on from. */
  private static void poison(Round round) {
    OwnProcess life = round.start();
    round.awaitProgress(life);
    round.trap("process exception 1000000");
    round.expectExit(life, 1, LIMIT);
    if (!life.log().contains("planted failure at process")) {
      throw new Violation("the job should end with its first cause\n" + life.logTail());
    }
    round.disarm();
  }

  private static Verdict errors(Round round, Stage stage, Random random) {
    OwnProcess life = round.start();
    for (String kind : List.of("stack", "no-class", "memory")) {
      round.awaitProgress(life);
      round.trap("process " + kind + " 1");
      round.awaitSprung(life);
      // After an error nothing in the process is to be trusted: it does not start again by itself.
      round.expectExit(life, 1, LIMIT);
      life = round.start();
    }
    round.awaitProgress(life);
    return round.finish(life);
  }
}
