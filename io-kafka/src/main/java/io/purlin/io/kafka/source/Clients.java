package io.purlin.io.kafka.source;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Makes Kafka's clients: the seam between the source and a cluster. Thread-safe. */
interface Clients {
  /** A consumer that has connected to nothing yet. */
  Consumer<byte[], byte[]> consumer(Map<String, Object> config);

  /**
   * Somebody to ask.
   *
   * @param config of an admin client
   * @param internalTopics whether a pattern may match Kafka's internal topics
   */
  Cluster cluster(Map<String, Object> config, boolean internalTopics);

  /** Kafka's own. */
  static Clients ofKafka() {
    return new Clients() {
      @Override
      public Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config);
      }

      @Override
      public Cluster cluster(Map<String, Object> config, boolean internalTopics) {
        return new AdminCluster(config, internalTopics);
      }
    };
  }
}
