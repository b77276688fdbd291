package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.element.Receiver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands each element to several receivers in turn; each leaves the current element as it was. */
final class FanOut implements Receiver {
  private final Receiver[] receivers;

  FanOut(List<Receiver> receivers) {
    this.receivers = receivers.toArray(Receiver[]::new);
  }

  @Override
  public void receive(@Nullable Object value) {
    for (Receiver receiver : receivers) {
      receiver.receive(value);
    }
  }
}
