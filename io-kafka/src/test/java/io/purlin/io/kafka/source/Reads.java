package io.purlin.io.kafka.source;

import io.purlin.sdk.connector.SourceJob;
import io.purlin.sdk.connector.SplitReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Drives the readers of a read by hand, as tasks would, and keeps what they emit. */
final class Reads {
  static final long NOW = 1_000_000_000L;

  record Emitted(KafkaRecord<String, String> record, long timestampMillis) {}

  final FakeKafka kafka = new FakeKafka();
  final PipelineOptions options = PipelineOptionsFactory.create();
  final List<Emitted> emitted = new ArrayList<>();
  List<SplitReader<KafkaRecord<String, String>>> readers = List.of();
  long now = NOW;

  /** A read of topic {@code in} from its beginning. */
  static KafkaIO.Read<String, String> read() {
    return KafkaIO.<String, String>read()
        .withBootstrapServers("somewhere:9092")
        .withTopic("in")
        .withKeyDeserializer(StringDeserializer.class)
        .withValueDeserializer(StringDeserializer.class)
        .withConsumerConfigUpdates(Map.of("auto.offset.reset", "earliest"));
  }

  void start(KafkaIO.Read<String, String> read, int parallelism) {
    start(read, parallelism, Optional.empty());
  }

  /** Goes on from where all readers are now, as if they had been killed after a checkpoint. */
  void restart(KafkaIO.Read<String, String> read, int parallelism) {
    start(read, parallelism, Optional.of(positions()));
  }

  void start(KafkaIO.Read<String, String> read, int parallelism, Optional<List<byte[]>> positions) {
    readers =
        KafkaSources.step("Read", read, kafka)
            .createReaders(new SourceJob(parallelism, positions, () -> now, options));
    readers.forEach(SplitReader::open);
  }

  List<byte[]> positions() {
    List<byte[]> positions = new ArrayList<>();
    readers.forEach(reader -> positions.addAll(reader.positions()));
    return positions;
  }

  int poll(int reader, int max) {
    return readers
        .get(reader)
        .poll((record, timestamp) -> emitted.add(new Emitted(record, timestamp)), max);
  }

  /** Polls all readers until none of them has anything, a few times over. */
  void drain() {
    for (int quiet = 0; quiet < 4; quiet++) {
      for (int i = 0; i < readers.size(); i++) {
        while (poll(i, 100) > 0) {
          quiet = 0;
        }
      }
    }
  }

  List<String> values() {
    return emitted.stream().map(each -> each.record().getKV().getValue()).toList();
  }

  boolean allEnded() {
    return readers.stream().allMatch(SplitReader::hasEnded);
  }
}
