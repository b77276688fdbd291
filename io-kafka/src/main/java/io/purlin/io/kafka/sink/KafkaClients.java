package io.purlin.io.kafka.sink;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the clients of a cluster, real or played. Used by any thread; who asks closes them. */
public interface KafkaClients {
  /** A producer, set up by the configuration. */
  Producer<byte[], byte[]> producer(Map<String, Object> configuration);

  /** A consumer, set up by the configuration. */
  Consumer<byte[], byte[]> consumer(Map<String, Object> configuration);

  /** An admin client; nothing at a cluster whose topics need not be looked after. */
  Optional<Admin> admin(Map<String, Object> configuration);

  /** Kafka's own clients. */
  static KafkaClients real() {
    return new RealClients();
  }

  /** Connects to brokers. */
  record RealClients() implements KafkaClients {
    @Override
    public Producer<byte[], byte[]> producer(Map<String, Object> configuration) {
      return new KafkaProducer<>(configuration);
    }

    @Override
    public Consumer<byte[], byte[]> consumer(Map<String, Object> configuration) {
      return new KafkaConsumer<>(configuration);
    }

    @Override
    public Optional<Admin> admin(Map<String, Object> configuration) {
      return Optional.of(Admin.create(configuration));
    }
  }
}
