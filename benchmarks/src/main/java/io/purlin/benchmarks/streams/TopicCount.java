package io.purlin.benchmarks.streams;

import io.purlin.benchmarks.beam.ClickPipelines;
import io.purlin.benchmarks.ready.Click;
import io.purlin.benchmarks.side.Side;
import io.purlin.benchmarks.side.Tally;
import io.purlin.pipelines.kafka.UpToOffsets;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.joda.time.Duration;

/**
 * Our side: the clicks of each user in windows, out of a topic with KafkaIO, {@code TopicCount
 * <options of the runner>}.
 */
public final class TopicCount {
  private TopicCount() {}

  /** Serves as a side. */
  public static void main(String[] args) {
    Side.serve(
        line -> {
          count(CountRequest.parse(line), args);
          return Tally.figures();
        });
  }

  private static void count(CountRequest request, String... flags) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(flags).create());
    UpToOffsets<Long, Click> end =
        new UpToOffsets<>(ClickTopic.lastClicks(request.servers(), request.topic()));
    ClickPipelines.count(
        pipeline
            .apply(
                "Read",
                KafkaIO.<Long, Click>read()
                    .withBootstrapServers(request.servers())
                    .withTopic(request.topic())
                    .withKeyDeserializerAndCoder(LongDeserializer.class, VarLongCoder.of())
                    .withValueDeserializerAndCoder(ClickDeserializer.class, Click.CODER)
                    .withTimestampPolicyFactory(end)
                    .withConsumerConfigUpdates(
                        Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")))
            .apply("UpToEnd", Filter.by(end))
            .apply(
                "Clicks",
                MapElements.into(TypeDescriptor.of(Click.class))
                    .via((KafkaRecord<Long, Click> read) -> read.getKV().getValue()))
            .setCoder(Click.CODER),
        FixedWindows.of(Duration.millis(ClickTopic.WINDOW_MILLIS)));
    Tally.reset();
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the job ended " + state);
    }
  }
}
