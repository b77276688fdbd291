package io.purlin.conformance.simulation.job;

import io.purlin.nativerunner.exchange.Batch;
import io.purlin.nativerunner.exchange.Channel;
import io.purlin.nativerunner.exchange.Signal;

/** A channel whose credits are counted from outside. */
public class CountedChannel extends Channel {
  private long underWay;

  /** As {@link Channel}. */
  public CountedChannel(int credits, int batchElements, Signal sender, Signal receiver) {
    super(credits, batchElements, sender, receiver);
  }

  @Override
  protected void send(Batch batch) {
    underWay++;
    super.send(batch);
  }

  @Override
  protected void returnCredit(Batch batch) {
    underWay--;
    super.returnCredit(batch);
  }

  /** A batch that was read, whose credit does not come back. */
  protected void lose() {
    underWay--;
  }

  /**
   * Credits that are neither free nor under way: one at most while the sender fills a batch, none
   * when both sides have been closed.
   */
  public long missing() {
    return granted() - freeCredits() - underWay;
  }
}
