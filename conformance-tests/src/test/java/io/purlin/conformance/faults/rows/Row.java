package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.stage.Stage;
import io.purlin.pipelines.broker.BrokerVersion;
import java.util.Optional;

/** A row of the matrix: a fault, and what must hold in spite of it. */
public interface Row {
  /** Its name, such as F01. */
  String id();

  /** What is broken, in a few words. */
  String what();

  /**
   * The version of Kafka that its broker and the runner's clients must have, if it cannot do
   * without.
   */
  default Optional<BrokerVersion> needs() {
    return Optional.empty();
  }

  /**
   * Plays it.
   *
   * @return what was done and found, in one line
   * @throws io.purlin.conformance.faults.stage.Violation when something does not hold
   */
  String play(Stage stage, Settings settings);
}
