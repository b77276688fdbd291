package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The job goes on with other settings than it was killed with. */
final class Changes {
  private static final List<Integer> PARALLELISMS = List.of(1, 2, 4, 2, 5, 3, 1, 6, 5);

  private Changes() {}

  static List<Row> rows() {
    return List.of(
        new ScriptedRow("F29", "one buffer a channel, 1, 5 and 20 tasks a step", Changes::narrow),
        new ScriptedRow("F34", "another parallelism after each kill", Changes::rescaled),
        new ScriptedRow("F39", "checkpoints faster than they can be written", Changes::hurried));
  }

  private static Verdict narrow(Round round, Stage stage, Random random) {
    round.with("--buffersPerChannel=1", "--maxBundleSize=1");
    for (int parallelism : List.of(1, 5, 20)) {
      round.with("--parallelism=" + parallelism);
      killed(round, random);
    }
    return round.finish(round.start());
  }

  private static Verdict rescaled(Round round, Stage stage, Random random) {
    for (int parallelism : PARALLELISMS) {
      round.with("--parallelism=" + parallelism);
      killed(round, random);
    }
    return round.finish(round.start());
  }

  private static Verdict hurried(Round round, Stage stage, Random random) {
    round.with("--checkpointingInterval=1");
    for (int i = 0; i < 3; i++) {
      killed(round, random);
    }
    return round.finish(round.start());
  }

  private static void killed(Round round, Random random) {
    OwnProcess life = round.start();
    round.awaitProgress(life);
    round.pass(life, Duration.ofMillis(random.nextInt(1_000)));
    round.kill(life);
  }
}
