package io.purlin.nativerunner.metrics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.model.pipeline.v1.MetricsApi.BoundedTrie;
import org.apache.beam.runners.core.metrics.BoundedTrieCell;
import org.apache.beam.runners.core.metrics.BoundedTrieData;
import org.apache.beam.runners.core.metrics.DistributionData;
import org.apache.beam.runners.core.metrics.GaugeData;
import org.apache.beam.runners.core.metrics.MetricUpdates;
import org.apache.beam.runners.core.metrics.MetricUpdates.MetricUpdate;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.runners.core.metrics.MonitoringInfoMetricName;
import org.apache.beam.runners.core.metrics.StringSetData;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.MetricName;

/**
 * Metrics of steps as bytes, so that a job that starts again counts on. Counters, distributions,
 * gauges, string sets and tries; histograms, which no result shows, begin anew.
 */
final class MetricsSnapshot {
  private static final int VERSION = 3;

  private MetricsSnapshot() {}

  /** What the containers of some steps have counted. */
  static byte[] write(List<MetricsContainerImpl> containers, List<String> steps) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(steps.size());
      for (int i = 0; i < steps.size(); i++) {
        out.writeUTF(steps.get(i));
        write(containers.get(i).getCumulative(), out);
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(MetricUpdates metrics, DataOutputStream out) throws IOException {
    List<MetricUpdate<Long>> counters = list(metrics.counterUpdates());
    out.writeInt(counters.size());
    for (MetricUpdate<Long> each : counters) {
      name(each, out);
      out.writeLong(each.getUpdate());
    }
    List<MetricUpdate<DistributionData>> distributions = list(metrics.distributionUpdates());
    out.writeInt(distributions.size());
    for (MetricUpdate<DistributionData> each : distributions) {
      name(each, out);
      out.writeLong(each.getUpdate().sum());
      out.writeLong(each.getUpdate().count());
      out.writeLong(each.getUpdate().min());
      out.writeLong(each.getUpdate().max());
    }
    List<MetricUpdate<GaugeData>> gauges = list(metrics.gaugeUpdates());
    out.writeInt(gauges.size());
    for (MetricUpdate<GaugeData> each : gauges) {
      name(each, out);
      out.writeLong(each.getUpdate().value());
    }
    List<MetricUpdate<StringSetData>> sets = list(metrics.stringSetUpdates());
    out.writeInt(sets.size());
    for (MetricUpdate<StringSetData> each : sets) {
      name(each, out);
      Set<String> strings = each.getUpdate().stringSet();
      out.writeInt(strings.size());
      for (String string : strings) {
        out.writeUTF(string);
      }
    }
    List<MetricUpdate<BoundedTrieData>> tries = list(metrics.boundedTrieUpdates());
    out.writeInt(tries.size());
    for (MetricUpdate<BoundedTrieData> each : tries) {
      name(each, out);
      byte[] trie = each.getUpdate().toProto().toByteArray();
      out.writeInt(trie.length);
      out.write(trie);
    }
  }

  private static <T> List<MetricUpdate<T>> list(Iterable<MetricUpdate<T>> updates) {
    List<MetricUpdate<T>> all = new ArrayList<>();
    updates.forEach(all::add);
    return all;
  }

  private static void name(MetricUpdate<?> metric, DataOutputStream out) throws IOException {
    MetricName name = metric.getKey().metricName();
    boolean isOfBeam = name instanceof MonitoringInfoMetricName;
    out.writeBoolean(isOfBeam);
    if (isOfBeam) {
      MonitoringInfoMetricName labelled = (MonitoringInfoMetricName) name;
      out.writeUTF(labelled.getUrn());
      out.writeInt(labelled.getLabels().size());
      for (Map.Entry<String, String> each : labelled.getLabels().entrySet()) {
        out.writeUTF(each.getKey());
        out.writeUTF(each.getValue());
      }
    } else {
      out.writeUTF(name.getNamespace());
      out.writeUTF(name.getName());
    }
  }

  private static MetricName name(DataInputStream in) throws IOException {
    if (!in.readBoolean()) {
      return MetricName.named(in.readUTF(), in.readUTF());
    }
    String urn = in.readUTF();
    Map<String, String> labels = new HashMap<>();
    for (int count = in.readInt(); count > 0; count--) {
      labels.put(in.readUTF(), in.readUTF());
    }
    return MonitoringInfoMetricName.named(urn, labels);
  }

  /**
   * Adds what was written to other metrics.
   *
   * @throws IOException when it was written by a version that this one does not know
   */
  static void addTo(MetricsContainerStepMap sum, byte[] written) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(written));
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("metrics of the unknown version " + version);
    }
    for (int steps = in.readInt(); steps > 0; steps--) {
      read(sum.getContainer(in.readUTF()), in);
    }
  }

  private static void read(MetricsContainerImpl container, DataInputStream in) throws IOException {
    for (int count = in.readInt(); count > 0; count--) {
      container.getCounter(name(in)).inc(in.readLong());
    }
    for (int count = in.readInt(); count > 0; count--) {
      container
          .getDistribution(name(in))
          .update(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
    for (int count = in.readInt(); count > 0; count--) {
      Gauge gauge = container.getGauge(name(in));
      gauge.set(in.readLong());
    }
    for (int count = in.readInt(); count > 0; count--) {
      MetricName name = name(in);
      for (int i = in.readInt(); i > 0; i--) {
        container.getStringSet(name).add(in.readUTF());
      }
    }
    for (int count = in.readInt(); count > 0; count--) {
      BoundedTrieCell trie = container.getBoundedTrie(name(in));
      trie.update(BoundedTrieData.fromProto(BoundedTrie.parseFrom(in.readNBytes(in.readInt()))));
    }
  }
}
