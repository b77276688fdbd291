package io.purlin.benchmarks.kafka;

import java.util.Map;

/** What the sides have in common. */
public final class CopySettings {
  /** Producer settings of all sides: those that our sink has by default. */
  public static final Map<String, Object> PRODUCER =
      Map.of(
          "acks",
          "all",
          "enable.idempotence",
          true,
          "linger.ms",
          5,
          "batch.size",
          128 * 1024,
          "buffer.memory",
          64L * 1024 * 1024,
          "compression.type",
          "none");

  /** Consumer settings of the sides that do not read with KafkaIO: those that it has. */
  static final Map<String, Object> CONSUMER =
      Map.of("isolation.level", "read_committed", "receive.buffer.bytes", 512 * 1024);

  private CopySettings() {}
}
