package io.purlin.pipelines.nexmark;

import java.io.InvalidObjectException;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.nexmark.NexmarkConfiguration;
import org.apache.beam.sdk.nexmark.model.KnownSize;
import org.apache.beam.sdk.nexmark.queries.NexmarkQueryModel;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.TimestampedValue;
import org.jspecify.annotations.Nullable;

/**
 * A query over given events, with its model's results computed. Immutable; for any number of runs.
 */
public final class ExpectedQuery<T extends KnownSize> {
  private final NexmarkQuery<T> query;
  private final NexmarkConfiguration config;
  private final @Nullable SerializableFunction<Iterable<TimestampedValue<T>>, Void> assertion;

  private ExpectedQuery(
      NexmarkQuery<T> query,
      NexmarkConfiguration config,
      @Nullable SerializableFunction<Iterable<TimestampedValue<T>>, Void> assertion) {
    this.query = query;
    this.config = config;
    this.assertion = assertion;
  }

  static <T extends KnownSize> ExpectedQuery<T> of(
      NexmarkQuery<T> query, NexmarkConfiguration config) {
    NexmarkQueryModel<T> model = query.model();
    return new ExpectedQuery<>(query, config, model == null ? null : model.assertionFor());
  }

  /**
   * The same for pipelines that run in this process: they look at the one collection of the model's
   * results, where otherwise each of their tasks gets a copy. To be kept as long as they run.
   */
  public ExpectedQuery<T> inThisProcess() {
    return assertion == null
        ? this
        : new ExpectedQuery<>(query, config, new InThisProcess<>(assertion));
  }

  NexmarkQuery<T> query() {
    return query;
  }

  NexmarkConfiguration config() {
    return config;
  }

  @Nullable SerializableFunction<Iterable<TimestampedValue<T>>, Void> assertion() {
    return assertion;
  }

  /**
   * An assertion that is not copied when it is serialized: what is read back calls the one that was
   * written, by its number. That one stays as long as anybody holds it.
   */
  private static final class InThisProcess<T>
      implements SerializableFunction<Iterable<TimestampedValue<T>>, Void> {
    private static final long serialVersionUID = 1L;
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final Map<Long, WeakReference<InThisProcess<?>>> ALL = new ConcurrentHashMap<>();

    private final transient SerializableFunction<Iterable<TimestampedValue<T>>, Void> assertion;
    private final long number = NUMBERS.incrementAndGet();

    InThisProcess(SerializableFunction<Iterable<TimestampedValue<T>>, Void> assertion) {
      this.assertion = assertion;
      ALL.put(number, new WeakReference<>(this));
    }

    @Override
    public Void apply(Iterable<TimestampedValue<T>> results) {
      return assertion.apply(results);
    }

    private Object readResolve() throws InvalidObjectException {
      WeakReference<InThisProcess<?>> reference = ALL.get(number);
      InThisProcess<?> original = reference == null ? null : reference.get();
      if (original == null) {
        throw new InvalidObjectException("the model's results are those of another process");
      }
      return original;
    }
  }
}
