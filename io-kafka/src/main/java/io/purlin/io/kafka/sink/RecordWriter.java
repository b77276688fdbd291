package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.SinkMetrics;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One task's way to the shared producer. Owner: the task's thread. Lifetime: that of the sink.
 *
 * <p>With exactly once records are gathered and sent {@link #MOST_RECORDS} at a time, since nobody
 * sees them before the checkpoint: the producer's locks are fought for less. None is left when a
 * bundle has ended. With at least once each is sent when it is written.
 *
 * @param <K> keys
 * @param <V> values
 */
final class RecordWriter<K, V> implements SinkWriter<ProducerRecord<K, V>> {
  private static final int MOST_RECORDS = 256;

  /** Bytes of keys and values, so that large records do not pile up. */
  private static final int MOST_BYTES = 256 * 1024;

  private final Counter elementsWritten = SinkMetrics.elementsWritten();
  private final RecordEncoder<K, V> encoder;
  private final SharedProducer shared;
  private final Callback whenSent;
  private final int most;
  private List<ProducerRecord<byte[], byte[]>> gathered = new ArrayList<>();
  private int bytes;
  private long epoch;
  private long uncounted;

  RecordWriter(RecordEncoder<K, V> encoder, SharedProducer shared) {
    this.encoder = encoder;
    this.shared = shared;
    this.whenSent = shared.failures()::sent;
    this.most = shared.guarantee() == Guarantee.EXACTLY_ONCE ? MOST_RECORDS : 1;
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
    gathered.add(record);
    bytes += length(record.key()) + length(record.value());
    uncounted++;
    if (gathered.size() >= most || bytes >= MOST_BYTES) {
      sendGathered();
    }
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private void sendGathered() {
    if (gathered.isEmpty()) {
      return;
    }
    List<ProducerRecord<byte[], byte[]>> records = gathered;
    // A new list: an old one has been promoted, and a reference from there costs the collector.
    gathered = new ArrayList<>(most);
    bytes = 0;
    shared.send(records, whenSent);
  }

  @Override
  public void endBundle() {
    sendGathered();
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
