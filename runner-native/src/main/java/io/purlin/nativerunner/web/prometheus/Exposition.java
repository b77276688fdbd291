package io.purlin.nativerunner.web.prometheus;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.Rates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.metrics.MetricResults;

/**
 * Writes a job's metrics and those of its JVM. The former are taken from a view when somebody asks,
 * so that nothing has to be registered and nothing of an earlier attempt stays; the latter are
 * Micrometer's.
 *
 * <p>Any thread. Lives as long as the server.
 */
public final class Exposition implements AutoCloseable {
  /** What {@link #text} is. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private final PrometheusMeterRegistry jvm = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  /** Begins to watch the JVM. */
  public Exposition() {
    new ClassLoaderMetrics().bindTo(jvm);
    new JvmMemoryMetrics().bindTo(jvm);
    new JvmThreadMetrics().bindTo(jvm);
    new ProcessorMetrics().bindTo(jvm);
    new UptimeMetrics().bindTo(jvm);
    new FileDescriptorMetrics().bindTo(jvm);
    collections.bindTo(jvm);
  }

  /** All metrics as they stand. */
  public String text(JobView job, Rates rates, MetricResults user) {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    JobFamilies.addTo(all, job);
    TaskFamilies.addTo(all, job, rates);
    UserFamilies.addTo(all, job, user);
    jvm.getPrometheusRegistry().scrape().forEach(all::metricSnapshot);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(bytes, all.build());
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    collections.close();
    jvm.close();
  }
}
