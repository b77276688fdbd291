package io.purlin.conformance.kafka;

import io.purlin.pipelines.kafka.TopicReader;
import io.purlin.pipelines.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a reader of committed records sees. */
final class CommittedRecords {
  private final String servers;

  CommittedRecords(String servers) {
    this.servers = servers;
  }

  void create(String topic, int partitions) {
    try (Topics topics = Topics.at(servers)) {
      topics.create(topic, partitions);
    }
  }

  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (Topics topics = Topics.at(servers);
        TopicReader reader = new TopicReader(servers)) {
      reader.read(topics.starts(topic), found::add);
    }
    return found;
  }

  List<String> values(String topic) {
    return records(topic).stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  /**
   * Waits until no transaction is open in a topic of one partition: a record written now becomes
   * readable only then.
   */
  void awaitNoTransaction(String topic) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "sentinel")).get();
    }
    while (!values(topic).contains("sentinel")) {
      Thread.onSpinWait();
    }
  }
}
