package io.purlin.pipelines.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest {
  @Test
  void whatWasAcknowledgedSurvivesAKillAndTheFolderDoesNotSurviveClose() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start();
    try (broker) {
      Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(config)) {
        admin.createTopics(Set.of(new NewTopic("numbers", 1, (short) 1))).all().get();
      }
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
        producer.send(new ProducerRecord<>("numbers", "one")).get();
      }
      long first = broker.pid();
      broker.kill();
      assertThat(ProcessHandle.of(first).map(ProcessHandle::isAlive).orElse(false)).isFalse();
      broker.restart();
      assertThat(broker.pid()).isNotEqualTo(first);
      TopicPartition partition = new TopicPartition("numbers", 0);
      try (KafkaConsumer<String, String> consumer =
          new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
        assertThat(consumer.endOffsets(List.of(partition))).containsEntry(partition, 1L);
      }
    }
    assertThat(broker.log().getParent()).doesNotExist();
  }
}
