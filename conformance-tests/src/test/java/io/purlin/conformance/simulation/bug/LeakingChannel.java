package io.purlin.conformance.simulation.bug;

import io.purlin.conformance.simulation.job.CountedChannel;
import io.purlin.nativerunner.exchange.Batch;
import io.purlin.nativerunner.exchange.Signal;
import java.util.function.BooleanSupplier;

/** Keeps a credit that should come back, now and then. */
final class LeakingChannel extends CountedChannel {
  private final BooleanSupplier now;

  LeakingChannel(
      int credits, int batchElements, Signal sender, Signal receiver, BooleanSupplier now) {
    super(credits, batchElements, sender, receiver);
    this.now = now;
  }

  @Override
  protected void returnCredit(Batch batch) {
    if (now.getAsBoolean()) {
      lose();
    } else {
      super.returnCredit(batch);
    }
  }
}
