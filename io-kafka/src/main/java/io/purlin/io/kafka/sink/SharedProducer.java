package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all writers of a sink share. Used by all threads. Lifetime: one run of the job.
 *
 * @param guarantee what the sink promises
 * @param producer Kafka's producer, which any thread may use
 * @param failures what has failed
 * @param epochs which epoch may be written
 * @param encoders those of the writers, to be closed with the sink
 */
record SharedProducer(
    Guarantee guarantee,
    Producer<byte[], byte[]> producer,
    Failures failures,
    Epochs epochs,
    List<RecordEncoder<?, ?>> encoders) {
  private static final Logger LOG = LoggerFactory.getLogger(SharedProducer.class);

  /** For telling the broker to abort; if it does not answer, the next run sees to it. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  SharedProducer(
      Guarantee guarantee, Producer<byte[], byte[]> producer, Failures failures, Epochs epochs) {
    this(guarantee, producer, failures, epochs, new CopyOnWriteArrayList<>());
  }

  <K, V> RecordWriter<K, V> writer(WriteStep<K, V> step) {
    RecordEncoder<K, V> encoder = new RecordEncoder<>(step);
    encoders.add(encoder);
    return new RecordWriter<>(encoder, this);
  }

  /**
   * Begins the epoch's transaction with its first record. An epoch without records has none before
   * its marker: a producer that is closed with an empty transaction waits in vain.
   */
  void begin() {
    if (guarantee == Guarantee.EXACTLY_ONCE) {
      epochs.beginOnce(producer::beginTransaction);
    }
  }

  /** Waits until the broker has everything that was sent, and checks it. */
  void flush() {
    try {
      producer.flush();
    } catch (RuntimeException e) {
      throw failures.rootOf("flushing", e, Kind.NOT_WRITTEN);
    }
    failures.check();
  }

  /** Aborts what is not committed. What fails here is only logged: nothing depends on it. */
  void close() {
    try {
      producer.close(CLOSE_TIMEOUT);
    } catch (RuntimeException e) {
      LOG.warn("Closing the Kafka producer failed.", e);
    }
    for (RecordEncoder<?, ?> encoder : encoders) {
      try {
        encoder.close();
      } catch (RuntimeException e) {
        LOG.warn("Closing a serializer failed.", e);
      }
    }
  }
}
