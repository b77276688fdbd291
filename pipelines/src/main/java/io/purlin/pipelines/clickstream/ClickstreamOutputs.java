package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.Clickstream.TopicNames;
import io.purlin.pipelines.clickstream.wire.CorruptRecordException;
import io.purlin.pipelines.clickstream.wire.PageViews;
import io.purlin.pipelines.clickstream.wire.UserSession;
import io.purlin.pipelines.clickstream.wire.WireReader;
import io.purlin.pipelines.job.UserError;
import io.purlin.pipelines.kafka.TopicReader;
import io.purlin.pipelines.kafka.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The two output topics of one run: where they ended when it began, and what it has added. Owned by
 * the main thread.
 */
final class ClickstreamOutputs implements AutoCloseable {
  private final String servers;
  private final Topics topics;
  private final TopicNames names;
  private final Map<String, CataloguePage> catalogue;
  private final Map<TopicPartition, Long> pageViewsFrom;
  private final Map<TopicPartition, Long> sessionsFrom;
  private long written;

  ClickstreamOutputs(
      String servers, Topics topics, TopicNames names, Map<String, CataloguePage> catalogue) {
    this.servers = servers;
    this.topics = topics;
    this.names = names;
    this.catalogue = catalogue;
    this.pageViewsFrom = topics.ends(names.pageViews());
    this.sessionsFrom = topics.ends(names.sessions());
  }

  /**
   * How many records the topics have gained; while the broker is away, as many as when it was last
   * there: that nobody can look is no reason to stop a job that waits for the broker.
   */
  long written() {
    try {
      written = count();
    } catch (UserError e) {
      // The line shows the old figure until the broker is back.
    }
    return written;
  }

  private long count() {
    Map<TopicPartition, Long> ends = new HashMap<>(topics.ends(names.pageViews()));
    ends.putAll(topics.ends(names.sessions()));
    pageViewsFrom.forEach((partition, start) -> ends.merge(partition, -start, Long::sum));
    sessionsFrom.forEach((partition, start) -> ends.merge(partition, -start, Long::sum));
    return ends.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Reads back what was written. */
  ResultCheck read() {
    ResultCheck check = new ResultCheck(catalogue);
    WireReader wire = new WireReader();
    try (TopicReader reader = new TopicReader(servers)) {
      reader.read(pageViewsFrom, each(value -> check.add(PageViews.fromWire(wire, value))));
      reader.read(sessionsFrom, each(value -> check.add(UserSession.fromWire(wire, value))));
    }
    return check;
  }

  private interface Decoding {
    void accept(byte[] value) throws CorruptRecordException;
  }

  private static Consumer<ConsumerRecord<byte[], byte[]>> each(Decoding decoding) {
    return record -> {
      try {
        decoding.accept(record.value());
      } catch (CorruptRecordException e) {
        throw new UserError(
            String.format(
                "The result in topic '%s', partition %d, offset %d cannot be read: %s.",
                record.topic(), record.partition(), record.offset(), e.getMessage()),
            e);
      }
    };
  }

  @Override
  public void close() {
    topics.close();
  }
}
