package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkException.Kind;
import io.purlin.sdk.connector.SinkWriter;
import java.util.concurrent.Future;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.SinkMetrics;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.joda.time.Instant;

/**
 * One task's way to the shared producer. Owner: the task's thread. Lifetime: that of the sink.
 *
 * @param <K> keys
 * @param <V> values
 */
final class RecordWriter<K, V> implements SinkWriter<ProducerRecord<K, V>> {
  private final Counter elementsWritten = SinkMetrics.elementsWritten();
  private final RecordEncoder<K, V> encoder;
  private final SharedProducer shared;
  private final Callback whenSent;
  private long epoch;
  private long uncounted;

  RecordWriter(RecordEncoder<K, V> encoder, SharedProducer shared) {
    this.encoder = encoder;
    this.shared = shared;
    this.whenSent = shared.failures()::sent;
    this.epoch = shared.epochs().join();
  }

  @Override
  public boolean isOpen() {
    return shared.epochs().isOpen(epoch);
  }

  @Override
  public void write(ProducerRecord<K, V> element, Instant timestamp) throws InterruptedException {
    shared.failures().check();
    shared.epochs().awaitOpen(epoch);
    ProducerRecord<byte[], byte[]> record = encoder.encode(element, timestamp);
    try {
      shared.begin();
      Future<?> unused = shared.producer().send(record, whenSent);
    } catch (RuntimeException e) {
      throw shared.failures().rootOf(sendingTo(record), e, Kind.NOT_WRITTEN);
    }
    uncounted++;
  }

  private static String sendingTo(ProducerRecord<?, ?> record) {
    return "sending to topic \"" + record.topic() + "\"";
  }

  @Override
  public void endBundle() {
    if (shared.guarantee() == Guarantee.AT_LEAST_ONCE) {
      shared.flush();
    }
    shared.failures().check();
    if (uncounted > 0) {
      elementsWritten.inc(uncounted);
      uncounted = 0;
    }
  }

  @Override
  public void endEpoch() {
    endBundle();
    if (shared.guarantee() == Guarantee.EXACTLY_ONCE) {
      epoch = shared.epochs().end(epoch);
    }
  }
}
