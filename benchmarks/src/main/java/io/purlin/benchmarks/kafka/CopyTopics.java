package io.purlin.benchmarks.kafka;

import io.purlin.pipelines.kafka.TopicReader;
import io.purlin.pipelines.kafka.TopicWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics of a comparison: full ones to be copied, and copies. Owner: the thread that runs it.
 */
final class CopyTopics {
  static final int PARTITIONS = 4;
  private static final int KEY_BYTES = 8;

  /** With the key 100 bytes. */
  private static final int VALUE_BYTES = 92;

  private final String servers;

  CopyTopics(String servers) {
    this.servers = servers;
  }

  /** Creates a topic with so many records of 100 random bytes; the seed of them is fixed. */
  void createFull(String topic, long records) throws ExecutionException, InterruptedException {
    create(topic);
    Random random = new Random(1);
    try (TopicWriter writer = new TopicWriter(servers)) {
      for (long i = 0; i < records; i++) {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        byte[] key = ByteBuffer.allocate(KEY_BYTES).putLong(random.nextLong()).array();
        writer.send(new ProducerRecord<>(topic, key, value));
      }
      writer.flush();
    }
  }

  void create(String topic) throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin.createTopics(Set.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    }
  }

  /** What a reader of committed records sees. */
  Contents contents(String topic) {
    long[] sums = new long[2];
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      starts.put(new TopicPartition(topic, partition), 0L);
    }
    try (TopicReader reader = new TopicReader(servers)) {
      reader.read(
          starts,
          record -> {
            sums[0]++;
            sums[1] += hash(record.key(), record.value());
          });
    }
    return new Contents(sums[0], sums[1]);
  }

  /** Mixed, so that a sum of them cannot be right by chance; a sum does not depend on the order. */
  private static long hash(byte[] key, byte[] value) {
    long hash = Arrays.hashCode(key) * 0x9E3779B97F4A7C15L + Arrays.hashCode(value);
    hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
    return hash ^ (hash >>> 32);
  }

  void delete(String topic) throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin.deleteTopics(Set.of(topic)).all().get();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", servers));
  }

  /**
   * What is in a topic.
   *
   * @param records how many
   * @param hash sum of a hash over keys and values
   */
  record Contents(long records, long hash) {}
}
