package io.purlin.io.kafka.source;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Polls a reader's consumer so that answers come in as fast as the network has them. Owned by the
 * reader.
 *
 * <p>A consumer receives while it is polled alone, each time what its socket's buffer holds; an
 * answer may have 50 MB. A task that finds nothing waits ever longer before it polls again, and
 * would receive 10 MB a second. So while bytes come in, the poll goes on, for {@link #MOST_POLLS}
 * milliseconds at most. Whether they do is told by a metric of the consumer; where that is missing,
 * it is polled once.
 */
final class Arrivals {
  private static final Duration WAIT = Duration.ofMillis(1);
  private static final int MOST_POLLS = 5;

  private @Nullable Metric bytes;
  private boolean looked;
  private double seen;

  /** Polls; waits only for an answer that is coming in. */
  ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ZERO);
    for (int i = 0; any(consumer) && records.isEmpty() && i < MOST_POLLS; i++) {
      records = consumer.poll(WAIT);
    }
    return records;
  }

  /** Whether bytes have come in since it was asked last. */
  private boolean any(Consumer<?, ?> consumer) {
    if (!looked) {
      looked = true;
      bytes = find(consumer.metrics());
    }
    double now = bytes != null && bytes.metricValue() instanceof Double value ? value : 0;
    boolean more = now > seen;
    seen = now;
    return more;
  }

  private static @Nullable Metric find(Map<MetricName, ? extends Metric> metrics) {
    return metrics.values().stream()
        .filter(
            each ->
                each.metricName().name().equals("incoming-byte-total")
                    && each.metricName().group().equals("consumer-metrics"))
        .findFirst()
        .orElse(null);
  }
}
