package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.pipeline.FaultJob;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The job is another one when it is started again. */
final class ChangedPipelines {
  private static final Duration REFUSAL = Duration.ofMinutes(1);

  private ChangedPipelines() {}

  static List<Row> rows() {
    return List.of(
        new ScriptedRow(
            "F36",
            "steps are added, renamed and removed; coders of values and keys and a window changed",
            ChangedPipelines::changed));
  }

  private static Verdict changed(Round round, Stage stage, Random random) {
    OwnProcess life = round.start();
    round.awaitProgress(life);
    round.kill(life);
    refused(round, FaultJob.RENAMED, "HashChain");
    refused(round, FaultJob.OTHER_CODER, "Totals");
    refused(round, FaultJob.OTHER_WINDOWS, "window");
    refused(round, FaultJob.OTHER_KEYS, "OtherStringCoder");
    round.with("--version=" + FaultJob.STATELESS_STEP);
    life = round.start();
    round.awaitProgress(life);
    round.kill(life);
    round.with("--version=" + FaultJob.FIRST);
    life = round.start();
    round.awaitProgress(life);
    round.kill(life);
    // What is new starts empty, and what was there goes on.
    round.with("--version=" + FaultJob.MORE_STEPS);
    life = round.start();
    round.awaitProgress(life);
    round.kill(life);
    refused(round, FaultJob.FIRST, "MoreTotals");
    round.with("--allowNonRestoredState=true");
    return round.finish(round.start());
  }

  private static void refused(Round round, String version, String named) {
    round.with("--version=" + version);
    OwnProcess life = round.start();
    if (life.awaitEnd(REFUSAL).orElse(0) == 0 || !life.log().contains(named)) {
      throw new Violation(
          "the runner should refuse version \""
              + version
              + "\" and name "
              + named
              + "\n"
              + life.logTail());
    }
  }
}
