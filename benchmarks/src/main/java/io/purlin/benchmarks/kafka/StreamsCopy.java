package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.side.Side;
import io.purlin.benchmarks.streams.StreamsJob;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * The peer that is Kafka Streams: {@code StreamsCopy <threads> <folder of its state>}. It keeps no
 * state, and puts next to nothing there. It never ends, and is stopped when all copies are
 * committed.
 */
public final class StreamsCopy {
  private static final long COMMIT_MILLIS = 1000;
  private static final long LOOK_MILLIS = 20;

  private StreamsCopy() {}

  /** Serves as a side. */
  public static void main(String[] args) {
    int threads = Integer.parseInt(args[0]);
    Side.serve(
        line -> {
          Meter.reset();
          CopyRequest request = CopyRequest.parse(line);
          try (CommittedOffsets offsets = new CommittedOffsets(request);
              KafkaStreams streams =
                  new KafkaStreams(topology(request), settings(request, threads, args[1]))) {
            StreamsJob.startPaused(streams, threads, CopyTopics.PARTITIONS);
            streams.resume();
            StreamsJob.await(streams, LOOK_MILLIS, offsets::areAtEnd);
            return Meter.stop();
          }
        });
  }

  private static Topology topology(CopyRequest request) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(request.from()).peek((key, value) -> Meter.start()).to(request.to());
    return builder.build();
  }

  private static Properties settings(CopyRequest request, int threads, String folder) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, request.to());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, request.servers());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
    CopySettings.CONSUMER.forEach(
        (name, value) -> settings.put(StreamsConfig.consumerPrefix(name), value));
    CopySettings.PRODUCER.forEach(
        (name, value) -> settings.put(StreamsConfig.producerPrefix(name), value));
    return settings;
  }
}
