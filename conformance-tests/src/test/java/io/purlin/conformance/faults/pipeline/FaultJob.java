package io.purlin.conformance.faults.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.joda.time.Duration;

/**
 * The program that is killed. Ends with 0 when every partition has ended and all is written, with 1
 * when the job has failed, and at once when whoever started it is gone.
 */
public final class FaultJob {
  /** The version that the oracle knows. */
  public static final String FIRST = "first";

  /** A version in which a step has another name. */
  public static final String RENAMED = "renamed";

  /** A version in which a state cell has another coder. */
  public static final String OTHER_CODER = "other-coder";

  /** A version with other windows. */
  public static final String OTHER_WINDOWS = "other-windows";

  /** A version in which a step has keys of another coder. */
  public static final String OTHER_KEYS = "other-keys";

  /** A version with one more step, which keeps nothing. */
  public static final String STATELESS_STEP = "stateless-step";

  /** A version with one more step that keeps state, and writes nothing. */
  public static final String MORE_STEPS = "more-steps";

  private FaultJob() {}

  /** Runs the job with Beam's options. */
  public static void main(String[] args) {
    Program.run(
        () ->
            pipeline(
                PipelineOptionsFactory.fromArgs(args).withValidation().as(FaultOptions.class)));
  }

  static Pipeline pipeline(FaultOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    Trap trap = new Trap(options.getTrap());
    PCollection<KV<String, Long>> amounts =
        pipeline.apply("Read", read(options)).apply("Parse", ParDo.of(new Parse(trap)));
    String version = options.getVersion();
    Coder<Long> sumCoder =
        version.equals(OTHER_CODER) ? BigEndianLongCoder.of() : VarLongCoder.of();
    if (version.equals(STATELESS_STEP)) {
      amounts = amounts.apply("Twice", Filter.by(amount -> amount.getKey() != null));
    }
    PCollection<KV<String, Long>> keyed = amounts;
    if (version.equals(OTHER_KEYS)) {
      keyed = amounts.setCoder(KvCoder.of(new OtherStringCoder(), VarLongCoder.of()));
    }
    PCollection<KV<String, String>> totals =
        keyed
            .apply("Totals", ParDo.of(new Totals(sumCoder)))
            .apply(version.equals(RENAMED) ? "Hashes" : "HashChain", ParDo.of(new HashChain()));
    if (version.equals(MORE_STEPS)) {
      amounts.apply("MoreTotals", ParDo.of(new Totals(sumCoder)));
    }
    long windowMillis = ResultLine.WINDOW_MILLIS * (version.equals(OTHER_WINDOWS) ? 2 : 1);
    PCollection<KV<String, Long>> windowed =
        amounts.apply("Windows", Window.into(FixedWindows.of(Duration.millis(windowMillis))));
    PCollection<KV<String, String>> counts =
        windowed
            .apply("Count", Count.perKey())
            .apply("WindowCount", ParDo.of(new WindowCount()))
            .apply("CountsToGlobal", Window.into(new GlobalWindows()));
    PCollection<KV<String, String>> sums =
        windowed
            .apply("SumAtTimer", ParDo.of(new SumAtTimer(trap)))
            .apply("SumsToGlobal", Window.into(new GlobalWindows()));
    PCollectionList.of(totals)
        .and(counts)
        .and(sums)
        .apply("Results", Flatten.pCollections())
        .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
        .apply("Brake", ParDo.of(new Brake(options.getBrake())))
        .apply("Write", write(options));
    return pipeline;
  }

  private static KafkaIO.Read<String, String> read(FaultOptions options) {
    return KafkaIO.<String, String>read()
        .withBootstrapServers(options.getBootstrapServers())
        .withTopic(options.getFrom())
        .withKeyDeserializer(StringDeserializer.class)
        .withValueDeserializer(StringDeserializer.class)
        .withTimestampPolicyFactory(new EndsPartition())
        .withConsumerConfigUpdates(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
  }

  static Map<String, Object> producerConfig(FaultOptions options) {
    Map<String, Object> config = new HashMap<>();
    List<String> settings = options.getProducerSettings();
    for (String setting : settings == null ? List.<String>of() : settings) {
      int equals = setting.indexOf('=');
      config.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return config;
  }

  private static KafkaIO.Write<String, String> write(FaultOptions options) {
    return KafkaIO.<String, String>write()
        .withBootstrapServers(options.getBootstrapServers())
        .withTopic(options.getTo())
        .withKeySerializer(StringSerializer.class)
        .withValueSerializer(StringSerializer.class)
        .withProducerConfigUpdates(producerConfig(options));
  }
}
