package io.purlin.benchmarks.datastream;

import io.purlin.benchmarks.side.Tally;
import java.io.Serializable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Takes results; they count at the end, and whenever Flink flushes. */
final class TallySink<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;

  private final Hash<T> hash;

  /** What a result adds to the hash. */
  interface Hash<T> extends Serializable {
    long of(T result);
  }

  TallySink(Hash<T> hash) {
    this.hash = hash;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new Writer<>(hash);
  }

  /** Owned by its task's thread. */
  private static final class Writer<T> implements SinkWriter<T> {
    private final Hash<T> hash;
    private long results;
    private long sum;

    Writer(Hash<T> hash) {
      this.hash = hash;
    }

    @Override
    public void write(T element, Context context) {
      results++;
      sum += hash.of(element);
    }

    @Override
    public void flush(boolean endOfInput) {
      if (results > 0) {
        Tally.results(results, sum);
        results = 0;
        sum = 0;
      }
    }

    @Override
    public void close() {
      flush(true);
    }
  }
}
