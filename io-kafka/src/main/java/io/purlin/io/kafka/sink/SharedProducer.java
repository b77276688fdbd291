package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
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
 * @param turns by which tasks send in turn; null: they send side by side
 */
record SharedProducer(
    Guarantee guarantee,
    Producer<byte[], byte[]> producer,
    Failures failures,
    Epochs epochs,
    List<RecordEncoder<?, ?>> encoders,
    @Nullable Lock turns) {
  private static final Logger LOG = LoggerFactory.getLogger(SharedProducer.class);

  /** For telling the broker to abort; if it does not answer, the next run sees to it. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /**
   * What nobody writes by yet.
   *
   * @param inTurns whether tasks send in turn
   */
  SharedProducer(
      Guarantee guarantee,
      Producer<byte[], byte[]> producer,
      Failures failures,
      Epochs epochs,
      boolean inTurns) {
    this(
        guarantee,
        producer,
        failures,
        epochs,
        new CopyOnWriteArrayList<>(),
        inTurns ? new ReentrantLock() : null);
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
      try {
        epochs.beginOnce(producer::beginTransaction);
      } catch (RuntimeException e) {
        throw failures.rootOf("beginning a transaction", e, Kind.NOT_WRITTEN);
      }
    }
  }

  /**
   * Sends records in their order. In turns none of another task comes between: what the producer
   * locks and counts for each record stays with one core meanwhile.
   */
  void send(List<ProducerRecord<byte[], byte[]>> records, Callback whenSent) {
    begin();
    if (turns == null) {
      sendEach(records, whenSent);
      return;
    }
    turns.lock();
    try {
      sendEach(records, whenSent);
    } finally {
      turns.unlock();
    }
  }

  private void sendEach(List<ProducerRecord<byte[], byte[]>> records, Callback whenSent) {
    for (ProducerRecord<byte[], byte[]> record : records) {
      try {
        Future<?> unused = producer.send(record, whenSent);
      } catch (RuntimeException e) {
        throw failures.rootOf("sending to topic \"" + record.topic() + "\"", e, Kind.NOT_WRITTEN);
      }
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
