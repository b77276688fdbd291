package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.Load;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Transactions;
import io.purlin.conformance.faults.stage.Violation;
import io.purlin.pipelines.broker.BrokerVersion;
import java.time.Duration;
import java.util.Optional;

/**
 * F42. One life of the runner commits more transactions than a producer has epochs (32,767), as
 * fast as it can. With {@code transaction.version=2} each transaction has an epoch of its own, so
 * the broker must give the producer another id in between.
 */
final class ManyTransactions implements Row {
  /** Few records, so that the transactions are many. */
  private static final Load LOAD = new Load(100, 10, 1);

  private static final Duration LOOK = Duration.ofSeconds(5);

  @Override
  public String id() {
    return "F42";
  }

  @Override
  public String what() {
    return "a producer runs out of epochs";
  }

  @Override
  public Optional<BrokerVersion> needs() {
    return Optional.of(BrokerVersion.V4_4_0);
  }

  @Override
  public String play(Stage stage, Settings settings) {
    Figures figures = new Figures();
    try (Round round = stage.round(id(), LOAD, Settings.seed(settings.random(this)))) {
      round.with("--checkpointingInterval=1");
      Transactions transactions = new Transactions(round.place());
      OwnProcess life = round.start();
      round.awaitProgress(life);
      long firstId = transactions.producerId();
      while (transactions.committed() < settings.transactions()) {
        round.pass(life, LOOK);
      }
      long lastId = transactions.producerId();
      if (settings.transactions() > Short.MAX_VALUE && lastId == firstId) {
        throw new Violation(
            transactions.committed() + " transactions of one producer id: no epoch has ended");
      }
      Verdict verdict = round.finish(life);
      figures.add(verdict);
      figures.count("transactions", Math.toIntExact(transactions.committed()));
      figures.count("producer ids", lastId == firstId ? 1 : 2);
    }
    return figures.line();
  }
}
