package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.wire.Click;
import io.purlin.pipelines.clickstream.wire.PageViews;
import io.purlin.pipelines.clickstream.wire.UserSession;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.joda.time.Duration;

/**
 * The pipeline: clicks to page views by minute and to user sessions.
 *
 * <p>Panes accumulate: each holds all that is known, so that the topics can be read as tables in
 * which the newest record of a key wins, and a record that is written twice does no harm. With
 * discarding panes a reader would have to add them up, and would count twice what is written twice.
 */
final class Clickstream {
  /** Records of others may lack a key or a value. */
  private static final Coder<byte[]> BYTES = NullableCoder.of(ByteArrayCoder.of());

  /**
   * By how much the watermark may overtake a click that is late already.
   *
   * <p>Which clicks are too late is decided by their own times, so that it is the same in every
   * run. But an element behind the watermark holds it back no more: a runner may pass on the
   * watermark of later records while the click waits for its turn, as the DirectRunner does within
   * a bundle. So windows and ids are kept for longer than a click may be late.
   */
  private static final Duration OVERTAKING = Duration.standardHours(1);

  private final ClickstreamOptions options;
  private final UnaryOperator<KafkaIO.Write<byte[], byte[]>> sinks;
  private final Duration kept;

  Clickstream(ClickstreamOptions options, UnaryOperator<KafkaIO.Write<byte[], byte[]>> sinks) {
    this.options = options;
    this.sinks = sinks;
    this.kept = Duration.millis(options.getAllowedDelayMillis()).plus(OVERTAKING);
  }

  /**
   * The names of the topics.
   *
   * @param clicks the topic to read
   * @param pageViews the topic for page views
   * @param sessions the topic for sessions
   */
  record TopicNames(String clicks, String pageViews, String sessions) {}

  Pipeline build(TopicNames topics, Map<String, CataloguePage> pages) {
    Pipeline pipeline = Pipeline.create(options);
    PCollection<Click> clicks = clicks(pipeline, topics.clicks());
    Duration early = Duration.millis(options.getEarlyFiringMillis());
    clicks
        .apply("PageViews", new CountPageViews(pages, kept, early))
        .apply("EncodePageViews", ParDo.of(new Encode<>(PageViews::getPage, PageViews::toWire)))
        .setCoder(KvCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()))
        .apply("WritePageViews", write(topics.pageViews()));
    Duration gap = Duration.millis(options.getSessionGapMillis());
    clicks
        .apply("UserSessions", new FindSessions(gap, kept))
        .apply("EncodeSessions", ParDo.of(new Encode<>(UserSession::getUser, UserSession::toWire)))
        .setCoder(KvCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()))
        .apply("WriteSessions", write(topics.sessions()));
    return pipeline;
  }

  private PCollection<Click> clicks(Pipeline pipeline, String topic) {
    return pipeline
        .apply("ReadClicks", read(topic))
        .apply("Decode", ParDo.of(new DecodeClicks(options.getAllowedDelayMillis())))
        .apply("KeyById", WithKeys.of(Click::getId).withKeyType(TypeDescriptors.strings()))
        .apply("DropRepeats", ParDo.of(new DropRepeats(kept)));
  }

  private KafkaIO.Read<byte[], byte[]> read(String topic) {
    KafkaIO.Read<byte[], byte[]> read =
        KafkaIO.<byte[], byte[]>read()
            .withKeyDeserializerAndCoder(ByteArrayDeserializer.class, BYTES)
            .withValueDeserializerAndCoder(ByteArrayDeserializer.class, BYTES)
            .withBootstrapServers(options.getBootstrapServers())
            .withTopic(topic)
            .withTimestampPolicyFactory(new ClickTimes(options.getOutOfOrderMillis()))
            .withReadCommitted()
            .withConsumerConfigUpdates(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
    String group = options.getGroupId();
    return group == null
        ? read
        : read.withConsumerConfigUpdates(Map.of(ConsumerConfig.GROUP_ID_CONFIG, group))
            .commitOffsetsInFinalize();
  }

  private KafkaIO.Write<byte[], byte[]> write(String topic) {
    return sinks.apply(
        KafkaIO.<byte[], byte[]>write()
            .withBootstrapServers(options.getBootstrapServers())
            .withTopic(topic)
            .withKeySerializer(ByteArraySerializer.class)
            .withValueSerializer(ByteArraySerializer.class));
  }
}
