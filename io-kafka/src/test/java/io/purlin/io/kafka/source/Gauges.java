package io.purlin.io.kafka.source;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.metrics.BoundedTrie;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.StringSet;

/** Keeps what gauges say by their names, and nothing of what else is counted. */
@SuppressWarnings("serial") // is never serialized
final class Gauges implements MetricsContainer {
  final transient Map<String, Long> values = new HashMap<>();

  @Override
  public Gauge getGauge(MetricName name) {
    return new Gauge() {
      @Override
      public void set(long value) {
        values.put(name.getName(), value);
      }

      @Override
      public MetricName getName() {
        return name;
      }
    };
  }

  @Override
  public Counter getCounter(MetricName name) {
    return new Counter() {
      @Override
      public void inc() {}

      @Override
      public void inc(long n) {}

      @Override
      public void dec() {}

      @Override
      public void dec(long n) {}

      @Override
      public MetricName getName() {
        return name;
      }
    };
  }

  @Override
  public Distribution getDistribution(MetricName name) {
    return new Distribution() {
      @Override
      public void update(long value) {}

      @Override
      public void update(long sum, long count, long min, long max) {}

      @Override
      public MetricName getName() {
        return name;
      }
    };
  }

  @Override
  public StringSet getStringSet(MetricName name) {
    throw new AssertionError("the reader has no set of strings");
  }

  @Override
  public BoundedTrie getBoundedTrie(MetricName name) {
    throw new AssertionError("the reader has no trie");
  }
}
