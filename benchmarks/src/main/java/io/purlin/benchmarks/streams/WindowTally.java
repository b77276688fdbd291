package io.purlin.benchmarks.streams;

import io.purlin.benchmarks.ready.Results;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Takes the counts of a run, one part for each task of Kafka Streams. Only the task's thread writes
 * to a part, so that it costs a task nothing that another looks; any thread may look.
 */
final class WindowTally implements ProcessorSupplier<Windowed<Long>, Long, Void, Void> {
  private final List<Part> parts = new CopyOnWriteArrayList<>();

  @Override
  public Processor<Windowed<Long>, Long, Void, Void> get() {
    Part part = new Part();
    parts.add(part);
    return part;
  }

  /** How many there are by now. */
  long results() {
    return parts.stream().mapToLong(part -> part.results.get()).sum();
  }

  /** The sum of their hashes; of all that {@link #results} has counted, if it was asked before. */
  long hash() {
    return parts.stream().mapToLong(part -> part.hash.get()).sum();
  }

  private static final class Part implements Processor<Windowed<Long>, Long, Void, Void> {
    private final AtomicLong results = new AtomicLong();
    private final AtomicLong hash = new AtomicLong();

    @Override
    public void process(Record<Windowed<Long>, Long> count) {
      Windowed<Long> key = count.key();
      long added = Results.hash(key.key(), count.value(), key.window().end());
      hash.setRelease(hash.getPlain() + added);
      // Behind the hash: whoever sees the number sees the hash of all that it counts.
      results.setRelease(results.getPlain() + 1);
    }
  }
}
