package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.Link;
import io.purlin.conformance.faults.stage.Link.Weather;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The network between runner and broker fails. */
final class BadNetwork {
  /** Kafka's API key of the request that commits a transaction. */
  private static final int END_TXN = 26;

  /** Kinds of requests whose answers are cut in the middle: produce, fetch, end of transaction. */
  private static final List<Integer> CUT = List.of(0, 1, END_TXN);

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private BadNetwork() {}

  static List<Row> rows() {
    return List.of(
        new ScriptedRow(
            "F13",
            "the network is reset, cut in the middle of an answer, silent, slow and down",
            BadNetwork::allWeathers),
        new ScriptedRow(
            "F14", "the broker commits, and its answer is lost", BadNetwork::answersLost));
  }

  private static OwnProcess start(Round round, Stage stage) {
    round.with(
        "--bootstrapServers=" + stage.link().servers(),
        "--producerSettings=request.timeout.ms=3000,delivery.timeout.ms=60000");
    return round.start();
  }

  private static Verdict allWeathers(Round round, Stage stage, Random random) {
    Link link = stage.link();
    OwnProcess life = start(round, stage);
    for (int i = 0; i < 5; i++) {
      round.awaitProgress(life);
      round.pass(life, Duration.ofMillis(random.nextInt(300)));
      link.cut();
    }
    for (int kind : CUT) {
      round.awaitProgress(life);
      int before = link.answersLost();
      link.cutNextAnswerTo(kind);
      awaitLost(stage, before, round, life);
    }
    for (Weather weather : List.of(Weather.SILENT, Weather.SLOW, Weather.DOWN)) {
      round.awaitProgress(life);
      round.pass(life, Duration.ofMillis(random.nextInt(300)));
      link.become(weather);
      round.pass(life, Duration.ofSeconds(7));
      link.become(Weather.GOOD);
      // What was swallowed must not come later: such connections are broken.
      link.cut();
    }
    round.awaitProgress(life);
    return round.finish(life);
  }

  private static Verdict answersLost(Round round, Stage stage, Random random) {
    Link link = stage.link();
    OwnProcess life = start(round, stage);
    for (int i = 0; i < 3; i++) {
      round.awaitProgress(life);
      lose(stage, round, life);
    }
    // The runner never hears of it, and is gone before it could ask.
    for (int i = 0; i < 3; i++) {
      round.awaitProgress(life);
      lose(stage, round, life);
      link.become(Weather.DOWN);
      round.kill(life);
      link.become(Weather.GOOD);
      life = start(round, stage);
    }
    return round.finish(life);
  }

  private static void lose(Stage stage, Round round, OwnProcess life) {
    Link link = stage.link();
    int before = link.answersLost();
    link.loseNextAnswerTo(END_TXN);
    awaitLost(stage, before, round, life);
  }

  private static void awaitLost(Stage stage, int before, Round round, OwnProcess life) {
    long start = System.nanoTime();
    while (stage.link().answersLost() == before) {
      if (System.nanoTime() - start > stage.limit(LIMIT).toNanos()) {
        throw new Violation("no answer to lose within " + LIMIT + "\n" + life.logTail());
      }
      round.pass(life, Duration.ofMillis(1));
    }
  }
}
