package io.purlin.pipelines.nexmark;

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

  private ExpectedQuery(NexmarkQuery<T> query, NexmarkConfiguration config) {
    NexmarkQueryModel<T> model = query.model();
    this.query = query;
    this.config = config;
    this.assertion = model == null ? null : model.assertionFor();
  }

  static <T extends KnownSize> ExpectedQuery<T> of(
      NexmarkQuery<T> query, NexmarkConfiguration config) {
    return new ExpectedQuery<>(query, config);
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
}
