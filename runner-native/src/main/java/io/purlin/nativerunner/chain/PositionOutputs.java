package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.operator.Outputs;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * The outgoing side of a chain's source or operator.
 *
 * <p>Wired while the chain is built, fixed from the moment it opens. Owned by the task's thread.
 */
final class PositionOutputs implements Outputs {
  private static final Receiver DROP = value -> {};

  private final List<List<Receiver>> consumers = new ArrayList<>();
  private final List<Position> next = new ArrayList<>();
  private final List<Exit> exits = new ArrayList<>();
  private long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  void connect(int output, Position position) {
    add(output, position.operator().entry());
    if (!next.contains(position)) {
      next.add(position);
    }
  }

  void connect(int output, Exit exit) {
    add(output, exit);
    exits.add(exit);
  }

  private void add(int output, Receiver receiver) {
    while (consumers.size() <= output) {
      consumers.add(new ArrayList<>());
    }
    consumers.get(output).add(receiver);
  }

  @Override
  public Receiver receiver(int index) {
    List<Receiver> all = index < consumers.size() ? consumers.get(index) : List.of();
    return switch (all.size()) {
      case 0 -> DROP;
      case 1 -> all.get(0);
      default -> new FanOut(all);
    };
  }

  @Override
  public void watermark(long millis) {
    if (millis <= watermark) {
      return;
    }
    watermark = millis;
    for (Position position : next) {
      position.producerAdvanced();
    }
    for (Exit exit : exits) {
      exit.watermark(millis);
    }
  }

  long watermark() {
    return watermark;
  }
}
