package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.SinkException;
import io.purlin.sdk.connector.SinkException.Kind;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, and what it means. Keeps the first failed send, which the client's own thread
 * reports and other threads ask for.
 *
 * <p>The client's errors do not tell a transaction that the broker gave up as too old from one that
 * a newer run has taken over: both change the producer's epoch. The commit topic does tell, so it
 * is asked before either is said. If a newer run has taken over but not yet said so there, this one
 * calls it a time-out and starts again, takes over itself, and the other one stops: at most one run
 * goes on, and none commits what is not its own.
 *
 * <p>Used by all threads. Lifetime: that of the sink.
 */
final class Failures {
  /** The producer is no longer the one that the broker lets write. */
  private static final List<Class<?>> LOST =
      List.of(
          ProducerFencedException.class,
          InvalidProducerEpochException.class,
          InvalidTxnStateException.class,
          InvalidPidMappingException.class,
          UnknownProducerIdException.class,
          TransactionAbortableException.class);

  /** Trying again changes nothing. */
  private static final List<Class<?>> REFUSED =
      List.of(
          AuthorizationException.class,
          AuthenticationException.class,
          ConfigException.class,
          InvalidConfigurationException.class,
          InvalidReplicationFactorException.class,
          InvalidTimestampException.class,
          InvalidTopicException.class,
          InvalidTxnTimeoutException.class,
          PolicyViolationException.class,
          RecordTooLargeException.class,
          UnsupportedVersionException.class);

  private final String servers;
  private final BooleanSupplier stillOurs;
  private final AtomicReference<@Nullable FailedSend> first = new AtomicReference<>();

  /**
   * @param servers where the cluster is, for messages
   * @param stillOurs whether no newer run has said that it has taken over
   */
  Failures(String servers, BooleanSupplier stillOurs) {
    this.servers = servers;
    this.stillOurs = stillOurs;
  }

  /** Called by the producer's own thread for every record. Keeps the first failure. */
  void sent(@Nullable RecordMetadata where, @Nullable Exception failure) {
    if (failure != null) {
      String topic = where == null ? "a topic" : "topic \"" + where.topic() + "\"";
      first.compareAndSet(null, new FailedSend(topic, failure));
    }
  }

  /** Throws if a send has failed. */
  void check() {
    FailedSend failed = first.get();
    if (failed != null) {
      throw of("sending to " + failed.topic(), failed.cause(), Kind.NOT_WRITTEN);
    }
  }

  /** The failed send, if any, is the cause of everything that fails after it. */
  SinkException rootOf(String action, RuntimeException failure, Kind otherwise) {
    FailedSend failed = first.get();
    return failed == null
        ? of(action, failure, otherwise)
        : of("sending to " + failed.topic(), failed.cause(), Kind.NOT_WRITTEN);
  }

  /**
   * What a failure means.
   *
   * @param action what was done, such as {@code sending to topic "a"}
   * @param otherwise its kind when the error itself does not say
   */
  SinkException of(String action, Throwable failure, Kind otherwise) {
    if (failure instanceof SinkException known) {
      return known;
    }
    String what = "Kafka at " + servers + ": " + action + " failed: " + reason(failure);
    if (isAny(failure, REFUSED)) {
      return new SinkException(Kind.REFUSED, what, failure);
    }
    if (isAny(failure, LOST)) {
      return lost(what, failure);
    }
    if (otherwise != Kind.UNCERTAIN && isAny(failure, List.of(InterruptException.class))) {
      return new SinkException(Kind.CLOSED, what, failure);
    }
    return new SinkException(otherwise, what + hint(failure), failure);
  }

  private SinkException lost(String what, Throwable failure) {
    boolean ours;
    try {
      ours = stillOurs.getAsBoolean();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      return new SinkException(
          Kind.UNREACHABLE,
          what + " Whether a newer run has taken over could not be read: " + reason(e),
          failure);
    }
    return ours
        ? new SinkException(
            Kind.TIMED_OUT,
            what
                + " The broker gave the transaction up, usually because it was open for longer"
                + " than transaction.timeout.ms. Nothing of it is visible; it is replayed.",
            failure)
        : new SinkException(
            Kind.FENCED, what + " A newer run of the same job has taken over.", failure);
  }

  private static String hint(Throwable failure) {
    return isAny(failure, List.of(TimeoutException.class))
        ? " Does the topic exist, and does the broker answer?"
        : "";
  }

  private static String reason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    String text = message == null ? deepest.getClass().getSimpleName() : message;
    return text.endsWith(".") ? text : text + ".";
  }

  private static boolean isAny(Throwable failure, List<Class<?>> types) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Throwable tested = cause;
      if (types.stream().anyMatch(type -> type.isInstance(tested))) {
        return true;
      }
    }
    return false;
  }

  /** A send that failed. */
  private record FailedSend(String topic, Exception cause) {}
}
