package io.purlin.io.kafka.sink;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Producer settings that go together. */
public enum ProducerPreset {
  /** Large compressed batches: most records per second and least network. */
  THROUGHPUT(50, 512, 128, "lz4"),
  /** Batches that are large under load and wait little without. */
  BALANCED(5, 128, 64, "none"),
  /** A record is sent as soon as a connection is free. */
  LATENCY(0, 16, 32, "none");

  private final int lingerMillis;
  private final int batchKilobytes;
  private final long bufferMegabytes;
  private final String compression;

  ProducerPreset(int lingerMillis, int batchKilobytes, long bufferMegabytes, String compression) {
    this.lingerMillis = lingerMillis;
    this.batchKilobytes = batchKilobytes;
    this.bufferMegabytes = bufferMegabytes;
    this.compression = compression;
  }

  /** The settings, by Kafka's names. */
  Map<String, Object> settings() {
    return Map.of(
        ProducerConfig.LINGER_MS_CONFIG,
        lingerMillis,
        ProducerConfig.BATCH_SIZE_CONFIG,
        batchKilobytes * 1024,
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        bufferMegabytes * 1024 * 1024,
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        compression);
  }
}
