package io.purlin.benchmarks.streams;

import io.purlin.benchmarks.ready.Click;
import io.purlin.benchmarks.ready.InputSpec;
import io.purlin.benchmarks.ready.ReadyInput;
import io.purlin.pipelines.kafka.TopicWriter;
import io.purlin.pipelines.kafka.Topics;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic of clicks by user, each with its own time. Behind the last of a partition is one record
 * more, of no user and after the last window: Kafka Streams closes a window when it sees a later
 * record.
 */
public final class ClickTopic {
  static final long WINDOW_MILLIS = 10_000;

  static final int PARTITIONS = 4;
  private static final long NO_USER = -1;

  private ClickTopic() {}

  /** Creates the topic and fills it. */
  public static void fill(String servers, String topic, InputSpec input) {
    try (Topics topics = Topics.at(servers)) {
      topics.create(topic, PARTITIONS);
    }
    ReadyInput<Click> clicks = input.clicks();
    long end = 0;
    try (TopicWriter writer = new TopicWriter(servers);
        ClickSerializer values = new ClickSerializer()) {
      for (int i = 0; i < clicks.size(); i++) {
        Click click = clicks.element(i);
        // Without a partition the producer takes that of the key.
        writer.send(
            new ProducerRecord<>(
                topic, null, click.millis(), key(click), values.serialize(topic, click)));
        end = (click.millis() / WINDOW_MILLIS + 1) * WINDOW_MILLIS;
      }
      // Not much later than the window's end: what is older than a store keeps is dropped unseen.
      Click last = new Click(NO_USER, end);
      for (int partition = 0; partition < PARTITIONS; partition++) {
        writer.send(
            new ProducerRecord<>(topic, partition, end, key(last), values.serialize(topic, last)));
      }
      writer.flush();
    }
  }

  private static byte[] key(Click click) {
    return ByteBuffer.allocate(Long.BYTES).putLong(click.user()).array();
  }

  /** The offset of the last click of a user in each partition, -1 where there is none. */
  static Map<TopicPartition, Long> lastClicks(String servers, String topic) {
    Map<TopicPartition, Long> last = new HashMap<>();
    try (Topics topics = Topics.at(servers)) {
      topics.ends(topic).forEach((partition, end) -> last.put(partition, end - 2));
    }
    return last;
  }
}
