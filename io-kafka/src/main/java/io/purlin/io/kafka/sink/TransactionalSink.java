package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.CheckpointId;
import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkCoordinator;
import io.purlin.sdk.connector.SinkException;
import io.purlin.sdk.connector.SinkException.Kind;
import io.purlin.sdk.connector.SinkTransform;
import io.purlin.sdk.connector.SinkWriter;
import io.purlin.sdk.faults.KillPoint;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes exactly once: the records of an epoch and the marker that names its checkpoint are one
 * transaction.
 *
 * <p>Invariant: whatever is committed ends with a marker, so the last committed marker names the
 * checkpoint whose effects, and no more, are visible. After any error the producer is given up: a
 * commit whose answer was lost must never meet a later transaction.
 *
 * <p>Used by the job's thread; {@link #close} by any. Lifetime: one run of the job.
 */
final class TransactionalSink implements SinkCoordinator {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionalSink.class);

  private final SinkSettings settings;
  private final KafkaClients clients;
  private final MarkerTopic markers;
  private final Failures failures;
  private final Epochs epochs = new Epochs();

  /** Where this run said that it has taken over. Read by whoever meets a failure. */
  private volatile long run = -1;

  private volatile @Nullable SharedProducer shared;

  /** Owner: the job's thread. */
  private State state = State.NEW;

  /** Owner: the job's thread. Set while prepared. */
  private @Nullable CheckpointId prepared;

  TransactionalSink(SinkSettings settings, KafkaClients clients) {
    this.settings = settings;
    this.clients = clients;
    this.markers = new MarkerTopic(settings, clients);
    this.failures = new Failures(settings.servers(), this::isStillOurs);
  }

  /** Nobody can have taken over what was never ours. */
  private boolean isStillOurs() {
    return run < 0 || markers.lastRun() <= run;
  }

  @Override
  public Optional<CheckpointId> recover() {
    expect(State.NEW);
    Optional<CheckpointId> last =
        step(
            Kind.UNREACHABLE,
            "taking over transactional id \"" + settings.names().transactionalId() + "\"",
            this::takeOver);
    state = State.WRITING;
    return last;
  }

  private Optional<CheckpointId> takeOver() {
    new MarkerTopicSetup(settings, clients, failures).ensure();
    Producer<byte[], byte[]> producer = clients.producer(settings.producer());
    shared =
        new SharedProducer(
            Guarantee.EXACTLY_ONCE, producer, failures, epochs, !settings.compresses());
    // close() may have come before it had anything to close.
    if (epochs.isClosed()) {
      close();
    }
    KillPoint.BEFORE_FENCING.hit();
    producer.initTransactions();
    producer.beginTransaction();
    long owner = sendAndWait(producer, Marker.ownerRecord(settings.names())).offset();
    producer.commitTransaction();
    run = owner;
    KillPoint.FENCED.hit();
    Optional<CheckpointId> last = markers.committedBefore(owner);
    LOG.info(
        "Writing to Kafka at {} as \"{}\"; committed last: {}.",
        settings.servers(),
        settings.names().transactionalId(),
        last.map(CheckpointId::toString).orElse("nothing"));
    return last;
  }

  @Override
  @SuppressWarnings("unchecked") // a step's elements are its records: WriteStep says so
  public <T> SinkWriter<T> writer(SinkTransform<T> sink) {
    expect(State.WRITING);
    return (SinkWriter<T>) open().writer(KafkaSinks.own(sink));
  }

  @Override
  public void prepare(CheckpointId checkpoint) {
    expect(State.WRITING);
    epochs.checkEnded();
    ProducerRecord<byte[], byte[]> marker = new Marker(checkpoint, run).record(settings.names());
    step(
        Kind.NOT_WRITTEN,
        "preparing checkpoint " + checkpoint,
        () -> {
          open().begin();
          return sendAndWait(open().producer(), marker);
        });
    prepared = checkpoint;
    state = State.PREPARED;
  }

  @Override
  public void commit(CheckpointId checkpoint) {
    expect(State.PREPARED);
    if (!checkpoint.equals(prepared)) {
      throw new IllegalStateException(checkpoint + " is to be committed, prepared is " + prepared);
    }
    KillPoint.PREPARED.hit();
    step(
        Kind.UNCERTAIN,
        "committing checkpoint " + checkpoint,
        () -> {
          KillPoint.COMMITTING.hit();
          open().producer().commitTransaction();
          KillPoint.COMMITTED.hit();
          return checkpoint;
        });
    state = State.WRITING;
    epochs.openNext();
  }

  /** Sends a record behind all others and waits until the broker has them and it. */
  private RecordMetadata sendAndWait(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    try {
      Future<RecordMetadata> answer = producer.send(record, failures::sent);
      open().flush();
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new RuntimeException(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Does one thing with the broker; after a failure nothing may follow. */
  private <T> T step(Kind otherwise, String action, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      state = State.FAILED;
      throw epochs.isClosed() && otherwise != Kind.UNCERTAIN
          ? new SinkException(Kind.CLOSED, "The Kafka sink is closed.", e)
          : failures.rootOf(action, e, otherwise);
    }
  }

  private void expect(State expected) {
    if (state != expected) {
      throw new IllegalStateException("the sink is " + state + ", not " + expected);
    }
  }

  private SharedProducer open() {
    SharedProducer open = shared;
    if (open == null) {
      throw new IllegalStateException("recover() comes first");
    }
    return open;
  }

  @Override
  public List<String> openTransactions() {
    return epochs.hasBegun() ? List.of(settings.names().transactionalId()) : List.of();
  }

  @Override
  public void close() {
    epochs.close();
    SharedProducer open = shared;
    if (open != null) {
      open.close();
    }
  }

  /** NEW -> WRITING -> PREPARED -> WRITING ...; any -> FAILED, which is the end. */
  private enum State {
    NEW,
    WRITING,
    PREPARED,
    FAILED
  }
}
