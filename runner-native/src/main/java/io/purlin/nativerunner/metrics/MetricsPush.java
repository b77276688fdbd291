package io.purlin.nativerunner.metrics;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.beam.runners.core.metrics.NoOpMetricsSink;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.MetricsOptions;
import org.apache.beam.sdk.metrics.MetricsSink;
import org.apache.beam.sdk.util.InstanceBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes a job's metrics to the sink that Beam's {@link MetricsOptions} name, once a period and
 * when the job has ended.
 *
 * <p>Has a thread of its own, so that a slow sink holds nothing up but the end, and that only for a
 * while. What a sink throws is logged and stops nothing.
 */
public final class MetricsPush {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsPush.class);
  private static final long LAST_PUSH_SECONDS = 10;

  private final MetricsSink sink;
  private final long periodSeconds;

  private MetricsPush(MetricsSink sink, long periodSeconds) {
    this.sink = sink;
    this.periodSeconds = periodSeconds;
  }

  /**
   * What the options ask for.
   *
   * @throws IllegalArgumentException when the sink cannot be made, or the period is not positive
   */
  public static MetricsPush of(MetricsOptions options) {
    long period = options.getMetricsPushPeriod();
    if (period < 1) {
      throw new IllegalArgumentException(
          "--metricsPushPeriod=" + period + " must be at least 1 second");
    }
    return new MetricsPush(sink(options.getMetricsSink(), options), period);
  }

  /**
   * Begins to push, if there is a sink.
   *
   * @param metrics of the job, asked from a thread of its own
   * @return pushes once more and ends; to be run when nothing of the job runs any more
   */
  public Runnable begin(Supplier<MetricResults> metrics) {
    if (sink instanceof NoOpMetricsSink) {
      return () -> {};
    }
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread pushing = new Thread(task, "purlin metrics push");
              pushing.setDaemon(true);
              return pushing;
            });
    Future<?> pushes =
        thread.scheduleAtFixedRate(
            () -> push(metrics), periodSeconds, periodSeconds, TimeUnit.SECONDS);
    return () -> {
      pushes.cancel(false);
      thread.execute(() -> push(metrics));
      end(thread);
    };
  }

  private static MetricsSink sink(Class<? extends MetricsSink> kind, MetricsOptions options) {
    try {
      return InstanceBuilder.ofType(MetricsSink.class)
          .fromClass(kind)
          .withArg(MetricsOptions.class, options)
          .build();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "--metricsSink="
              + kind.getName()
              + " cannot be made: it needs a public constructor that"
              + " takes MetricsOptions",
          e);
    }
  }

  private void push(Supplier<MetricResults> metrics) {
    try {
      MetricQueryResults all = metrics.get().allMetrics();
      if (all.getCounters().iterator().hasNext()
          || all.getDistributions().iterator().hasNext()
          || all.getGauges().iterator().hasNext()) {
        sink.writeMetrics(all);
      }
    } catch (Exception e) {
      LOG.warn("Metrics could not be pushed to {}", sink.getClass().getName(), e);
    }
  }

  private void end(ScheduledExecutorService thread) {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST_PUSH_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("{} takes no metrics: the job ends without", sink.getClass().getName());
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
