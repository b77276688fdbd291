package io.purlin.nativerunner.web.prometheus;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.LinkedHashMap;
import java.util.Map;

/** All values of one metric. Used by one thread, once. */
final class Family {
  /** A value that is not known; it is left out. */
  static final double UNKNOWN = Double.NaN;

  private final String name;
  private final String help;
  private final Map<Labels, Double> values = new LinkedHashMap<>();

  Family(String name, String help) {
    this.name = name;
    this.help = help;
  }

  /** Adds a value; of two with the same labels the second one counts. */
  void add(Labels labels, double value) {
    if (!Double.isNaN(value)) {
      values.put(labels, value);
    }
  }

  /** Adds a whole number, which loses digits beyond 2^53. */
  void add(Labels labels, long value) {
    add(labels, (double) value);
  }

  /** Flink exports its counters as gauges, too, and so without a suffix. */
  GaugeSnapshot snapshot() {
    GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(name).help(help);
    values.forEach(
        (labels, value) ->
            builder.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
    return builder.build();
  }
}
