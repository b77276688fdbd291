package io.purlin.pipelines.clickstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.pipelines.clickstream.Clickstream.TopicNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.PTransform;
import org.junit.jupiter.api.Test;

/** What is built, without a broker. */
class ClickstreamTest {
  @Test
  void bothSinksAreThoseThatWereMadeOfThePlainOnes() {
    List<KafkaIO.Write<byte[], byte[]>> made = new ArrayList<>();
    ClickstreamOptions options =
        PipelineOptionsFactory.fromArgs("--bootstrapServers=localhost:9092")
            .as(ClickstreamOptions.class);
    Pipeline pipeline =
        new Clickstream(
                options,
                plain -> {
                  made.add(plain.withProducerConfigUpdates(Map.of("linger.ms", 7)));
                  return made.get(made.size() - 1);
                })
            .build(new TopicNames("clicks", "page-views", "sessions"), Map.of());
    assertThat(made).hasSize(2).doesNotHaveDuplicates();
    assertThat(applied(pipeline)).containsAll(made);
  }

  @Test
  void theGroupIsToldAndAskedOnlyWhenThereIsOne() {
    KafkaIO.Read<?, ?> without = read();
    assertThat(without.isCommitOffsetsInFinalizeEnabled()).isFalse();
    assertThat(without.getConsumerConfig()).doesNotContainKey("group.id");

    KafkaIO.Read<?, ?> with = read("--groupId=clicks");
    assertThat(with.isCommitOffsetsInFinalizeEnabled()).isTrue();
    assertThat(with.getConsumerConfig())
        .containsEntry("group.id", "clicks")
        .containsEntry("auto.offset.reset", "earliest")
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("enable.auto.commit", false);
  }

  private static KafkaIO.Read<?, ?> read(String... arguments) {
    ClickstreamOptions options =
        PipelineOptionsFactory.fromArgs(arguments).as(ClickstreamOptions.class);
    options.setBootstrapServers("localhost:9092");
    return applied(new ClickstreamJob().outline(options)).stream()
        .filter(KafkaIO.Read.class::isInstance)
        .map(each -> (KafkaIO.Read<?, ?>) each)
        .findAny()
        .orElseThrow();
  }

  private static Set<PTransform<?, ?>> applied(Pipeline pipeline) {
    Set<PTransform<?, ?>> applied = new HashSet<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            PTransform<?, ?> transform = node.getTransform();
            if (transform != null) {
              applied.add(transform);
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    return applied;
  }
}
