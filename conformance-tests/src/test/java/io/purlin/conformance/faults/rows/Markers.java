package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.Folders;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What Kafka says was committed and what the disk holds do not fit together. */
final class Markers {
  private static final Duration REFUSAL = Duration.ofMinutes(1);

  private Markers() {}

  static List<Row> rows() {
    return List.of(
        new ScriptedRow("F43", "the directory is lost, or an older copy of it", Markers::misfits));
  }

  private static Verdict misfits(Round round, Stage stage, Random random) {
    OwnProcess life = round.start();
    round.awaitProgress(life);
    round.kill(life);
    Path checkpoints = round.place().checkpoints();
    Path older = round.place().folder().resolve("older");
    Folders.copy(checkpoints, older);
    life = round.start();
    round.awaitProgress(life);
    round.awaitProgress(life);
    round.kill(life);
    refused(round, older);
    refused(round, round.place().folder().resolve("empty"));
    round.with("--checkpointDir=" + checkpoints);
    return round.finish(round.start());
  }

  private static void refused(Round round, Path checkpoints) {
    round.with("--checkpointDir=" + checkpoints);
    OwnProcess life = round.start();
    if (life.awaitEnd(REFUSAL).orElse(0) == 0 || !life.log().contains("lacks checkpoint")) {
      throw new Violation("the runner should refuse " + checkpoints + "\n" + life.logTail());
    }
  }
}
