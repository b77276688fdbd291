package io.purlin.pipelines.copy;

import io.purlin.pipelines.job.Job;
import io.purlin.pipelines.job.JobRun;
import io.purlin.pipelines.job.UserError;
import io.purlin.pipelines.kafka.TopicReader;
import io.purlin.pipelines.kafka.TopicWriter;
import io.purlin.pipelines.kafka.Topics;
import io.purlin.pipelines.kafka.UpToOffsets;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Runs {@link KafkaCopy} from the command line. */
public final class KafkaCopyJob implements Job {
  private static final int PARTITIONS = 4;
  private static final int MOST_RECORDS = 100_000_000;

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return KafkaCopyOptions.class;
  }

  @Override
  public boolean usesKafka() {
    return true;
  }

  @Override
  public void checkOptions(PipelineOptions general) {
    KafkaCopyOptions options = general.as(KafkaCopyOptions.class);
    if (options.getRecords() < 1 || options.getRecords() > MOST_RECORDS) {
      throw new UserError(
          "--records=" + options.getRecords() + " is out of range: 1 to " + MOST_RECORDS + ".");
    }
  }

  @Override
  public JobRun prepare(PipelineOptions general) {
    KafkaCopyOptions options = general.as(KafkaCopyOptions.class);
    String servers = options.getBootstrapServers();
    try (Topics topics = Topics.at(servers)) {
      String from = options.getInputTopic();
      String to = options.getOutputTopic();
      // Both are looked at before either is created, so that an error leaves nothing behind.
      int partitions = from == null ? PARTITIONS : topics.partitions(from);
      if (to == null) {
        to = "copy-to-" + UUID.randomUUID();
        topics.create(to, partitions);
      } else {
        topics.partitions(to);
      }
      if (from == null) {
        from = "copy-from-" + UUID.randomUUID();
        topics.create(from, partitions);
        fill(servers, from, options.getRecords());
      }
      return run(options, topics, from, to);
    }
  }

  @Override
  public Pipeline outline(PipelineOptions general) {
    KafkaCopyOptions options = general.as(KafkaCopyOptions.class);
    String from = Objects.requireNonNullElse(options.getInputTopic(), "copy-from");
    String to = Objects.requireNonNullElse(options.getOutputTopic(), "copy-to");
    Pipeline pipeline = Pipeline.create(options);
    KafkaCopy.build(pipeline, options.getBootstrapServers(), from, to, Optional.empty());
    return pipeline;
  }

  private static JobRun run(KafkaCopyOptions options, Topics topics, String from, String to) {
    String servers = options.getBootstrapServers();
    Map<TopicPartition, Long> starts = topics.starts(from);
    Optional<UpToOffsets<byte[], byte[]>> end = Optional.empty();
    if (options.getStopAtEnd()) {
      try (TopicReader reader = new TopicReader(servers)) {
        end = Optional.of(new UpToOffsets<>(reader.lastRecords(starts, topics.ends(from))));
      }
    }
    Pipeline pipeline = Pipeline.create(options);
    KafkaCopy.build(pipeline, servers, from, to, end);
    return new CopyRun(pipeline, servers, starts, topics.ends(to), end);
  }

  private static void fill(String servers, String topic, int records) {
    try (TopicWriter writer = new TopicWriter(servers)) {
      for (int i = 0; i < records; i++) {
        byte[] key = bytes("key-" + i % 1000);
        writer.send(new ProducerRecord<>(topic, key, bytes("record " + i)));
      }
      writer.flush();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
