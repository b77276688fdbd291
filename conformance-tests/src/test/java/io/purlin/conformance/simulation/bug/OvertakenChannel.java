package io.purlin.conformance.simulation.bug;

import io.purlin.conformance.simulation.job.CountedChannel;
import io.purlin.nativerunner.exchange.Batch;
import io.purlin.nativerunner.exchange.Control;
import io.purlin.nativerunner.exchange.Signal;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Lets the batch behind a barrier go before it, now and then. */
final class OvertakenChannel extends CountedChannel {
  private final BooleanSupplier now;
  private Control.@Nullable Barrier heldBack;

  OvertakenChannel(
      int credits, int batchElements, Signal sender, Signal receiver, BooleanSupplier now) {
    super(credits, batchElements, sender, receiver);
    this.now = now;
  }

  @Override
  protected void send(Control.Barrier barrier) {
    if (now.getAsBoolean()) {
      heldBack = barrier;
    } else {
      super.send(barrier);
    }
  }

  @Override
  protected void send(Batch batch) {
    super.send(batch);
    letGo();
  }

  @Override
  protected void send(Control.EndOfInput end) {
    letGo();
    super.send(end);
  }

  private void letGo() {
    Control.Barrier barrier = heldBack;
    if (barrier != null) {
      heldBack = null;
      super.send(barrier);
    }
  }
}
