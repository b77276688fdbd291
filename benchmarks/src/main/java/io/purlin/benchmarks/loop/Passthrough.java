package io.purlin.benchmarks.loop;

import io.purlin.benchmarks.ready.ReadyInput;
import io.purlin.benchmarks.ready.Results;
import io.purlin.benchmarks.side.Tally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.beam.sdk.nexmark.model.Event;

/** Nexmark's query 0: every event once through its coder. */
final class Passthrough implements Runnable {
  private final ReadyInput<Event> events;

  Passthrough(ReadyInput<Event> events) {
    this.events = events;
  }

  @Override
  public void run() {
    long hash = 0;
    int size = events.size();
    try {
      for (int i = 0; i < size; i++) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Event.CODER.encode(events.element(i), bytes);
        hash += Results.hash(Event.CODER.decode(new ByteArrayInputStream(bytes.toByteArray())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Tally.results(size, hash);
  }
}
