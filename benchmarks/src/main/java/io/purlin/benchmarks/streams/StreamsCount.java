package io.purlin.benchmarks.streams;

import io.purlin.benchmarks.side.Side;
import io.purlin.benchmarks.side.Tally;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The peer: the clicks of each user in windows on Kafka Streams, {@code StreamsCount <threads>
 * <folder of its state> <durable>}. Durable are counts in RocksDB with a changelog; others are in
 * memory alone. The topic has clicks by user, so that nothing is partitioned again. It never ends,
 * and is stopped when all results are there.
 */
public final class StreamsCount {
  private static final long LOOK_MILLIS = 2;
  private static final Duration WINDOW = Duration.ofMillis(ClickTopic.WINDOW_MILLIS);

  /** As long as Flink's and ours between checkpoints. */
  private static final long COMMIT_MILLIS = 10_000;

  /** As much as RocksDB has on other sides; by default it would be 10 MiB. */
  private static final long CACHE_BYTES = 256L << 20;

  private StreamsCount() {}

  /** Serves as a side. */
  public static void main(String[] args) {
    int threads = Integer.parseInt(args[0]);
    boolean durable = Boolean.parseBoolean(args[2]);
    Side.serve(
        line -> {
          CountRequest request = CountRequest.parse(line);
          Tally.reset();
          WindowTally tally = new WindowTally();
          Topology topology = topology(request.topic(), durable, tally);
          try (KafkaStreams streams =
              new KafkaStreams(topology, settings(request, threads, args[1]))) {
            if (durable) {
              streams.start();
            } else {
              // What is in memory alone does not move with a partition.
              StreamsJob.startPaused(streams, threads, ClickTopic.PARTITIONS);
              // Records that were fetched meanwhile have been looked at.
              Tally.reset();
              streams.resume();
            }
            StreamsJob.await(streams, LOOK_MILLIS, () -> tally.results() >= request.results());
            Tally.results(tally.results(), tally.hash());
          }
          return Tally.figures();
        });
  }

  private static Properties settings(CountRequest request, int threads, String folder) {
    Properties settings = new Properties();
    // Each run begins anew.
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "count-" + UUID.randomUUID());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, request.servers());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    // A window is emitted by the record that closes it, not by one that comes a second later: there
    // is none behind the last.
    settings.put(StreamsConfig.InternalConfig.EMIT_INTERVAL_MS_KSTREAMS_WINDOWED_AGGREGATION, 0L);
    return settings;
  }

  private static Topology topology(String topic, boolean durable, WindowTally tally) {
    Materialized<Long, Long, WindowStore<Bytes, byte[]>> counts =
        Materialized.with(Serdes.Long(), Serdes.Long());
    // By default a store keeps a day of windows.
    counts.withRetention(WINDOW.multipliedBy(3));
    if (durable) {
      counts.withStoreType(BuiltInDslStoreSuppliers.ROCKS_DB).withLoggingEnabled(Map.of());
    } else {
      counts.withStoreType(BuiltInDslStoreSuppliers.IN_MEMORY).withLoggingDisabled();
    }
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            topic,
            Consumed.with(
                Serdes.Long(), Serdes.serdeFrom(new ClickSerializer(), new ClickDeserializer())))
        .groupByKey(Grouped.keySerde(Serdes.Long()))
        .windowedBy(TimeWindows.ofSizeWithNoGrace(WINDOW))
        .emitStrategy(EmitStrategy.onWindowClose())
        .count(counts)
        .toStream()
        .process(tally);
    return builder.build();
  }
}
