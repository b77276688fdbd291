package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.CommitTopic;
import io.purlin.conformance.faults.stage.Folders;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What Kafka says was committed and what the disk holds do not fit together. */
final class Markers {
  private static final Duration REFUSAL = Duration.ofMinutes(1);

  private Markers() {}

  static List<Row> rows() {
    return List.of(
        new ScriptedRow(
            "F43", "directory or marker is lost, older, or of another run", Markers::misfits));
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
    refused(round, older, "lacks checkpoint");
    refused(round, round.place().folder().resolve("empty"), "lacks checkpoint");
    CommitTopic topic = round.commitTopic();
    List<ConsumerRecord<byte[], byte[]>> markers = topic.markers();
    topic.repeat(markers.get(0));
    refused(round, checkpoints, "put back to an older time");
    topic.repeat(markers.get(markers.size() - 1));
    round.with("--checkpointDir=" + checkpoints);
    Verdict verdict = round.finish(round.start());
    topic.delete();
    refused(round, checkpoints, "marker is lost");
    return verdict;
  }

  private static void refused(Round round, Path checkpoints, String reason) {
    round.with("--checkpointDir=" + checkpoints);
    OwnProcess life = round.start();
    if (life.awaitEnd(REFUSAL).orElse(0) == 0 || !life.log().contains(reason)) {
      throw new Violation(
          "the runner should refuse "
              + checkpoints
              + " and say \""
              + reason
              + "\"\n"
              + life.logTail());
    }
  }
}
