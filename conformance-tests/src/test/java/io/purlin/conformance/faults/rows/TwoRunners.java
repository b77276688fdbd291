package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.Folders;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Signal;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** One job runs twice at the same time. */
final class TwoRunners {
  private static final Duration REFUSAL = Duration.ofMinutes(1);

  private TwoRunners() {}

  static List<Row> rows() {
    return List.of(
        new ScriptedRow(
            "F11",
            "a runner that was held goes on after another has taken over",
            TwoRunners::zombie),
        new ScriptedRow("F12", "the job is started twice", TwoRunners::twice));
  }

  private static Verdict zombie(Round round, Stage stage, Random random) {
    OwnProcess old = round.start();
    round.awaitProgress(old);
    round.pass(old, Duration.ofMillis(random.nextInt(500)));
    old.signal(Signal.STOP);
    // Its lock is held with it; so the other one has a copy of the directory, as another machine
    // would.
    Path copy = round.place().folder().resolve("copy");
    Folders.copy(round.place().checkpoints(), copy);
    round.with("--checkpointDir=" + copy);
    OwnProcess taker = round.start();
    // Results that come to be seen now may still be those of the old one.
    round.awaitCheckpoint(taker, copy);
    round.awaitProgress(taker);
    old.signal(Signal.CONT);
    if (old.awaitEnd(REFUSAL).orElse(0) == 0) {
      throw new Violation("the fenced runner should end with an error\n" + old.logTail());
    }
    round.awaitProgress(taker);
    return round.finish(taker);
  }

  private static Verdict twice(Round round, Stage stage, Random random) {
    OwnProcess first = round.start();
    round.awaitProgress(first);
    refused(round.start(), "in use by process " + first.pid());
    round.awaitProgress(first);
    // In another directory it does not know what the job has done: it fences the first and refuses.
    round.with("--checkpointDir=" + round.place().folder().resolve("other"));
    refused(round.start(), "names as committed");
    round.with("--checkpointDir=" + round.place().checkpoints());
    OptionalInt ended = first.awaitEnd(REFUSAL);
    if (ended.isEmpty()) {
      // Fenced within a commit, before the other one had said that it takes over: that looks like a
      // transaction that the broker gave up. It has started again, and found nobody's commit but
      // its own.
      round.awaitProgress(first);
      return round.finish(first);
    }
    if (ended.getAsInt() == 0) {
      throw new Violation("the fenced runner should end with an error\n" + first.logTail());
    }
    return round.finish(round.start());
  }

  private static void refused(OwnProcess life, String reason) {
    if (life.awaitEnd(REFUSAL).orElse(0) == 0 || !life.log().contains(reason)) {
      throw new Violation(
          "the second runner should end with an error that says \""
              + reason
              + "\"\n"
              + life.logTail());
    }
  }
}
