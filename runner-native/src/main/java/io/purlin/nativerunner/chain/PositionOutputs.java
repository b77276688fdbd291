package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.metrics.LongCell;
import io.purlin.nativerunner.operator.Outputs;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * The outgoing side of a chain's source or operator.
 *
 * <p>No watermark passes while a bundle is open, since what the bundle's end still emits would be
 * behind it: the chain lets every operator repeat its watermark when the bundle has ended.
 *
 * <p>Wired while the chain is built, fixed from the moment it opens. Owned by the task's thread.
 */
final class PositionOutputs implements Outputs {
  private static final Receiver DROP = value -> {};

  private final ChainBundle bundle;
  private final List<List<Receiver>> consumers = new ArrayList<>();
  private final List<Position> next = new ArrayList<>();
  private final List<Exit> exits = new ArrayList<>();
  private final LongCell watermark = new LongCell(BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis());

  PositionOutputs(ChainBundle bundle) {
    this.bundle = bundle;
  }

  void connect(int output, Position position) {
    add(output, position.entry());
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
    if (millis <= watermark.own() || bundle.isOpen()) {
      return;
    }
    watermark.set(millis);
    for (Position position : next) {
      position.producerAdvanced();
    }
    for (Exit exit : exits) {
      exit.watermark(millis);
    }
  }

  long watermark() {
    return watermark.own();
  }

  /** The watermark as it stands. Any thread. */
  long seenWatermark() {
    return watermark.get();
  }

  /** Whether it leads out of the chain. */
  boolean leaves() {
    return !exits.isEmpty();
  }
}
