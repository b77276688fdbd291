package io.purlin.conformance.simulation.kafka;

import io.purlin.conformance.simulation.world.Life;
import io.purlin.conformance.simulation.world.World;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A transactional producer. Records wait in it until it sends them, which happens by and by, and at
 * a flush. After a failed send nothing but closing is left, as with Kafka's own.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // one thread plays all
public class ModelProducer extends MockProducer<byte[], byte[]> {
  private static final long PATIENCE_MILLIS = 300;

  /** A record that waits to be sent. */
  private record Waiting(
      ProducerRecord<byte[], byte[]> record,
      @Nullable Callback callback,
      CompletableFuture<RecordMetadata> answer) {}

  private final ModelBroker broker;
  private final World world;
  private final Life life;
  private final String id;
  private final long timeoutMillis;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int epoch;
  private boolean written;
  private boolean over;
  private @Nullable RuntimeException failure;

  /** A producer of a process. */
  public ModelProducer(ModelBroker broker, Life life, Map<String, Object> configuration) {
    super(false, new ByteArraySerializer(), new ByteArraySerializer());
    this.broker = broker;
    this.world = broker.world();
    this.life = life;
    this.id = String.valueOf(configuration.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG));
    this.timeoutMillis =
        Long.parseLong(
            String.valueOf(configuration.get(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)));
  }

  @Override
  public void initTransactions() {
    broker.reach(life, "takes over", PATIENCE_MILLIS);
    life.lastWord(this::left);
    epoch = broker.takeOver(id, timeoutMillis, life);
  }

  @Override
  public void beginTransaction() {
    usable();
    life.does("begins");
    written = false;
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
    return send(record, null);
  }

  @Override
  public Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
    usable();
    life.does("sends");
    CompletableFuture<RecordMetadata> answer = new CompletableFuture<>();
    waiting.add(new Waiting(record, callback, answer));
    if (world.chance().oneIn(3)) {
      deliver(world.chance().between(0, waiting.size()));
    }
    return answer;
  }

  /** What the client's own thread does: sends some of what waits. */
  public void work() {
    if (!over && !waiting.isEmpty()) {
      life.does("the client's thread sends");
      deliver(world.chance().between(1, waiting.size()));
    }
  }

  private void deliver(int count) {
    for (int i = 0; i < count && !waiting.isEmpty(); i++) {
      Waiting next = waiting.remove();
      RuntimeException refused = failure;
      if (refused == null && world.breaks(broker.faults().failedSends())) {
        refused = failSend(new TimeoutException("Expiring 1 record(s)"));
        if (refused == null) {
          TopicPartition nowhere = new TopicPartition(next.record().topic(), 0);
          answer(next, new RecordMetadata(nowhere, 0, 0, world.clock().millis(), 0, 0), null);
          continue;
        }
      }
      if (refused != null) {
        answer(next, null, new TransactionAbortedException("after " + refused.getMessage()));
        continue;
      }
      try {
        ProducerRecord<byte[], byte[]> record = next.record();
        long offset = broker.write(id, epoch, record.topic(), record.key(), record.value());
        written = true;
        TopicPartition where = new TopicPartition(record.topic(), 0);
        answer(next, new RecordMetadata(where, offset, 0, world.clock().millis(), 0, 0), null);
      } catch (RuntimeException e) {
        failure = e;
        answer(next, null, e);
      }
    }
  }

  /**
   * A record was not written.
   *
   * @return what the application is told; null: it is told nothing
   */
  protected @Nullable RuntimeException failSend(RuntimeException cause) {
    world.trace().add(life + " a send fails");
    failure = cause;
    return cause;
  }

  private static void answer(
      Waiting record, @Nullable RecordMetadata where, @Nullable RuntimeException failure) {
    Callback callback = record.callback();
    if (callback != null) {
      callback.onCompletion(where, failure);
    }
    if (failure != null) {
      record.answer().completeExceptionally(failure);
    } else {
      record.answer().complete(where);
    }
  }

  @Override
  public void flush() {
    if (!waiting.isEmpty() && failure == null) {
      broker.reach(life, "flushes", PATIENCE_MILLIS * 10);
    }
    deliver(waiting.size());
  }

  @Override
  public void commitTransaction() {
    usable();
    flush();
    usable();
    broker.reach(life, "is about to commit", PATIENCE_MILLIS);
    if (!written) {
      return;
    }
    if (world.breaks(broker.faults().lostRequests())) {
      if (world.chance().oneIn(2)) {
        commitLate();
      }
      world.pass(PATIENCE_MILLIS);
      throw fail(new TimeoutException("the commit was not answered"));
    }
    try {
      epoch = broker.end(id, epoch, true);
    } catch (RuntimeException e) {
      throw fail(e);
    }
    if (world.breaks(broker.faults().lostAnswers())) {
      world.pass(PATIENCE_MILLIS);
      throw fail(new TimeoutException("the commit's answer was lost"));
    }
    life.does("has committed");
  }

  /** The request for a commit arrives when nobody expects it any more. */
  private void commitLate() {
    int ofTransaction = epoch;
    world.later(
        world.chance().between(1, 1_000),
        "a commit of " + life,
        () -> refusable(() -> broker.end(id, ofTransaction, true)));
  }

  /** What the broker refuses to one who is gone goes nowhere. */
  private void refusable(Runnable request) {
    try {
      request.run();
    } catch (RuntimeException e) {
      world.trace().add("refused: " + e.getMessage());
    }
  }

  @Override
  public void abortTransaction() {
    usable();
    life.does("aborts");
    waiting.clear();
    if (written) {
      epoch = broker.end(id, epoch, false);
    }
  }

  private RuntimeException fail(RuntimeException cause) {
    failure = cause;
    return cause;
  }

  private void usable() {
    life.stillThere();
    if (over) {
      throw new KafkaException("the producer is closed");
    }
    if (failure != null) {
      throw new KafkaException("the producer has failed before", failure);
    }
  }

  @Override
  public void close() {
    close(Duration.ofMillis(Long.MAX_VALUE));
  }

  @Override
  public void close(Duration timeout) {
    life.stillThere();
    if (over) {
      return;
    }
    over = true;
    for (Waiting each : waiting) {
      answer(each, null, new KafkaException("the producer is closed"));
    }
    waiting.clear();
    if (written && failure == null && !world.chance().oneIn(4)) {
      refusable(() -> broker.end(id, epoch, false));
    }
  }

  /** The process has ended: some of what it had sent may still arrive. */
  private void left() {
    if (over || failure != null) {
      return;
    }
    over = true;
    if (!waiting.isEmpty() && world.chance().oneIn(2)) {
      Waiting first = waiting.getFirst();
      world.later(
          world.chance().between(1, 300),
          "a record of " + life,
          () ->
              refusable(
                  () ->
                      broker.write(
                          id,
                          epoch,
                          first.record().topic(),
                          first.record().key(),
                          first.record().value())));
    }
  }

  /** What it does in the name of a process. */
  protected Life life() {
    return life;
  }
}
