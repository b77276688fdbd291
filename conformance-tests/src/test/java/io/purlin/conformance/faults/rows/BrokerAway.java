package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Signal;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.sdk.faults.KillPoint;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * The broker is killed, stopped, held, or away for longer than its transactions last. The runner
 * must come through by itself.
 */
final class BrokerAway {
  /** Short, so that rows outlast it. */
  static final String SHORT_TRANSACTIONS = "--producerSettings=transaction.timeout.ms=5000";

  private static final String SHORT_REQUESTS =
      "--producerSettings=request.timeout.ms=3000,delivery.timeout.ms=120000";

  private BrokerAway() {}

  static List<Row> rows() {
    return List.of(
        new ScriptedRow("F05", "the broker is killed three times", BrokerAway::killed),
        new ScriptedRow("F06", "the broker is restarted in order", BrokerAway::restarted),
        new ScriptedRow(
            "F07", "the broker is away for 20 s, less than a transaction lasts", BrokerAway::away),
        new ScriptedRow(
            "F08",
            "broker, commit and runner are away for longer than a transaction lasts",
            BrokerAway::awayForLong),
        new ScriptedRow(
            "F09", "the broker is held for twice the request timeout", BrokerAway::held));
  }

  private static Verdict killed(Round round, Stage stage, Random random) {
    OwnProcess life = round.start();
    for (int i = 0; i < 3; i++) {
      round.awaitProgress(life);
      round.pass(life, Duration.ofMillis(random.nextInt(1_000)));
      stage.broker().kill();
      stage.broker().restart();
    }
    round.awaitProgress(life);
    return round.finish(life);
  }

  private static Verdict restarted(Round round, Stage stage, Random random) {
    OwnProcess life = round.start();
    round.awaitProgress(life);
    round.pass(life, Duration.ofMillis(random.nextInt(1_000)));
    EmbeddedBroker broker = stage.broker();
    ProcessHandle process = ProcessHandle.of(broker.pid()).orElseThrow();
    Signal.TERM.send(broker.pid());
    process.onExit().join();
    broker.kill();
    broker.restart();
    round.awaitProgress(life);
    return round.finish(life);
  }

  private static Verdict away(Round round, Stage stage, Random random) {
    OwnProcess life = round.start();
    round.awaitProgress(life);
    stage.broker().kill();
    round.pass(life, Duration.ofSeconds(20));
    stage.broker().restart();
    round.awaitProgress(life);
    return round.finish(life);
  }

  private static Verdict awayForLong(Round round, Stage stage, Random random) {
    round.with(SHORT_TRANSACTIONS);
    OwnProcess life = round.start();
    round.awaitProgress(life);
    stage.broker().kill();
    round.pass(life, Duration.ofSeconds(30));
    stage.broker().restart();
    round.awaitProgress(life);
    round.kill(life);
    // The checkpoint is durable, and the broker gives its transaction up before the commit comes.
    String held = "-D" + KillPoint.PROPERTY + "=" + KillPoint.PREPARED.code() + ":5:wait-12000";
    life = round.start(held);
    if (!life.awaitLog("fault", Duration.ofMinutes(1))) {
      throw new Violation("the point is not reached\n" + life.logTail());
    }
    round.pass(life, Duration.ofSeconds(13));
    round.awaitProgress(life);
    round.kill(life);
    // The same, and the runner is gone as well.
    KillPoints.endAt(KillPoint.PREPARED, round, stage, random);
    round.rest(Duration.ofSeconds(10));
    return round.finish(round.start());
  }

  private static Verdict held(Round round, Stage stage, Random random) {
    round.with(SHORT_REQUESTS);
    OwnProcess life = round.start();
    for (int i = 0; i < 2; i++) {
      round.awaitProgress(life);
      round.pass(life, Duration.ofMillis(random.nextInt(300)));
      Signal.STOP.send(stage.broker().pid());
      round.pass(life, Duration.ofSeconds(6));
      Signal.CONT.send(stage.broker().pid());
    }
    round.awaitProgress(life);
    return round.finish(life);
  }
}
