package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.pipeline.CopyJob;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Transcript;
import io.purlin.conformance.faults.stage.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * F30. Records of 1, 10 and 100 MB, with empty keys and values and with none, pass through an
 * exchange, state and checkpoints, within a heap of a few times the largest; one that the producer
 * may not send ends the job with an error that says so.
 */
final class HugeRecords implements Row {
  private static final String HEAP = "-Xmx1200m";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Override
  public String id() {
    return "F30";
  }

  @Override
  public String what() {
    return "records of 1, 10 and 100 MB, more than the producer may send, empty and null";
  }

  @Override
  public String play(Stage stage, Settings settings) {
    Random random = settings.random(this);
    try (Transcript topics = stage.transcript(id(), Settings.seed(random))) {
      List<Transcript.Line> sent = new ArrayList<>();
      for (int length : new int[] {-1, 0, 1_000_000, 10_000_000, 100_000_000, 0, -1, 10}) {
        sent.add(topics.send(value(random, 10 - sent.size()), value(random, length)));
      }
      sent.add(topics.send(null, value(random, 5)));
      sent.add(topics.send(new byte[0], null));
      String most = "max.request.size=110000000,buffer.memory=230000000";
      List<Transcript.Line> read;
      long resident;
      try (OwnProcess life = topics.start(CopyJob.class, List.of(HEAP), most)) {
        read = topics.read(sent.size(), life, stage.limit(LIMIT));
        resident = life.residentBytes();
      }
      try (OwnProcess again = topics.start(CopyJob.class, List.of(HEAP), most)) {
        sent.add(topics.send(value(random, 3), value(random, 1_000)));
        read.addAll(topics.read(1, again, stage.limit(LIMIT)));
      }
      if (!read.equals(sent)) {
        throw new Violation("sent " + sent + "\nread " + read);
      }
      refused(topics, random);
      topics.good();
      return sent.size()
          + " records, none lost, doubled or changed; "
          + (resident >> 20)
          + " MiB resident at most with "
          + HEAP;
    }
  }

  private static void refused(Transcript topics, Random random) {
    topics.send(value(random, 3), value(random, 2_000_000));
    try (OwnProcess life = topics.start(CopyJob.class, List.of(HEAP), "max.request.size=1000000")) {
      int code = life.awaitEnd(LIMIT).orElse(0);
      if (code != 1 || !life.log().contains("max.request.size")) {
        throw new Violation(
            "the job should end with 1 and name max.request.size, not with "
                + code
                + "\n"
                + life.logTail());
      }
    }
  }

  private static byte[] value(Random random, int length) {
    byte[] bytes = new byte[Math.max(0, length)];
    random.nextBytes(bytes);
    return bytes;
  }
}
