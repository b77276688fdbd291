package io.purlin.nativerunner.exchange;

import io.purlin.nativerunner.element.CurrentElement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Both ends of an exchange, read and written by hand. */
final class Wires {
  final Signal sender = new Signal();
  final Signal receiver = new Signal();
  final CurrentElement current = new CurrentElement();
  final List<Channel> channels;

  Wires(int count, int credits, int batchElements) {
    channels =
        Stream.generate(() -> new Channel(credits, batchElements, sender, receiver))
            .limit(count)
            .toList();
  }

  ExchangeWriter writer(Partitioner partitioner, Backpressure backpressure) {
    return new ExchangeWriter(current, partitioner, channels, backpressure, 10);
  }

  /** A writer of one channel alone, that never waits. */
  ExchangeWriter writerOf(int channel) {
    return new ExchangeWriter(
        current, Partitioner.to(0), List.of(channels.get(channel)), Backpressure.overflowing(), 10);
  }

  /** A writer of the first channel alone, that never waits. */
  ExchangeWriter writer() {
    return writerOf(0);
  }

  void send(ExchangeWriter writer, @Nullable Object value, long timestampMillis) {
    current.timestampMillis(timestampMillis);
    writer.receive(value);
  }

  /** Everything that is queued in a channel, in order; credits go back. */
  static List<@Nullable Object> drain(Channel channel) {
    List<@Nullable Object> found = new ArrayList<>();
    for (Object entry = channel.poll(); entry != null; entry = channel.poll()) {
      if (entry instanceof Batch batch) {
        found.addAll(values(batch));
        channel.returnCredit(batch);
      } else if (entry instanceof Control.Progress progress) {
        found.add((progress.idle() ? "idle " : "watermark ") + progress.watermarkMillis());
      } else {
        found.add("end");
      }
    }
    return found;
  }

  static List<@Nullable Object> values(Batch batch) {
    CurrentElement loaded = new CurrentElement();
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      values.add(batch.load(i, loaded));
    }
    return values;
  }

  /** Takes every free credit and tells how many different batches there were. */
  static int takeAll(Channel channel) {
    Set<Batch> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Batch batch = channel.takeCredit(); batch != null; batch = channel.takeCredit()) {
      taken.add(batch);
    }
    return taken.size();
  }
}
