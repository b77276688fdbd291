package io.purlin.benchmarks.clickstream;

import io.purlin.pipelines.clickstream.ClickstreamOptions;
import io.purlin.pipelines.clickstream.generator.SitePages;
import io.purlin.pipelines.clickstream.wire.Click;
import io.purlin.pipelines.clickstream.wire.CorruptRecordException;
import io.purlin.pipelines.clickstream.wire.WireReader;
import io.purlin.pipelines.clickstream.wire.WireWriter;
import io.purlin.pipelines.kafka.TopicReader;
import io.purlin.pipelines.kafka.TopicWriter;
import io.purlin.pipelines.kafka.Topics;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic of clicks without an end, for a runner that cannot end its job: where the marks of the
 * end stood, each partition has one more click, of a time when the windows of all others are over.
 * Its own windows never are, so that nothing comes of it.
 */
final class OpenTopic {
  /** Longer than a minute or the gap behind a session, and the disorder. */
  private static final long LATER_MILLIS = 3_600_000;

  private static final byte[] NO_KEY = {};

  private final WireReader reader = new WireReader();
  private long newestMillis;

  private OpenTopic() {}

  /**
   * Copies the topic that the options name, which is full.
   *
   * @return the name of the copy
   */
  static String copyOf(ClickstreamOptions options) {
    return new OpenTopic()
        .copy(options.getBootstrapServers(), Objects.requireNonNull(options.getClicksTopic()));
  }

  private String copy(String servers, String from) {
    String to = from + "-open";
    try (Topics topics = Topics.at(servers);
        TopicReader clicks = new TopicReader(servers);
        TopicWriter writer = new TopicWriter(servers)) {
      Map<TopicPartition, Long> starts = topics.starts(from);
      topics.create(to, starts.size());
      clicks.read(
          starts,
          record -> {
            // A mark has no value.
            if (record.value().length > 0) {
              newestMillis = Math.max(newestMillis, happened(record));
              writer.send(
                  new ProducerRecord<>(
                      to, record.partition(), record.timestamp(), record.key(), record.value()));
            }
          });
      starts.keySet().forEach(each -> writer.send(lastClick(to, each.partition())));
      writer.flush();
    }
    return to;
  }

  private long happened(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Click.eventMillis(reader, record.value());
    } catch (CorruptRecordException e) {
      throw new IllegalStateException("not a click: " + record, e);
    }
  }

  private ProducerRecord<byte[], byte[]> lastClick(String topic, int partition) {
    long later = newestMillis + LATER_MILLIS;
    Click click = Click.of(later, "last-of-" + partition, "nobody", SitePages.path(0));
    return new ProducerRecord<>(topic, partition, later, NO_KEY, click.toWire(new WireWriter()));
  }
}
