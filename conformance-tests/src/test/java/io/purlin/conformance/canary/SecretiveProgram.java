package io.purlin.conformance.canary;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that has been told secrets in each way there is, and that tells them in each way that
 * programs do by mistake. It copies a topic; the record {@link #FAIL} fails it once, {@link #END}
 * for good.
 */
final class SecretiveProgram {
  static final String IN = "orders";
  static final String OUT = "answers";
  static final String FAIL = "fail";
  static final String END = "end";

  private static final Logger LOG = LoggerFactory.getLogger(SecretiveProgram.class);
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  private SecretiveProgram() {}

  /** Where people put secrets. */
  public interface Options extends PipelineOptions {
    @Description("Where Kafka is.")
    String getBootstrapServers();

    void setBootstrapServers(String value);

    @Description("A secret by its name.")
    String getDatabasePassword();

    void setDatabasePassword(String value);

    @Description("A secret in a URL.")
    String getDatabase();

    void setDatabase(String value);

    @Description("Secrets by the names in it.")
    Map<String, String> getClient();

    void setClient(Map<String, String> value);

    @Description("No secret.")
    String getRegion();

    void setRegion(String value);

    @Description("The name of the step in the middle.")
    @Default.String("Look up")
    String getStep();

    void setStep(String value);
  }

  public static void main(String[] arguments) {
    Options options = PipelineOptionsFactory.fromArgs(arguments).withValidation().as(Options.class);
    LOG.info("options {}", options);
    LOG.warn("client settings {}", options.getClient());
    Pipeline pipeline = Pipeline.create(options);
    Map<String, Object> client = new HashMap<>(options.getClient());
    Map<String, Object> consumer = new HashMap<>(client);
    consumer.put("auto.offset.reset", "earliest");
    pipeline
        .apply(
            "Read",
            KafkaIO.<String, String>read()
                .withBootstrapServers(options.getBootstrapServers())
                .withTopic(IN)
                .withKeyDeserializer(StringDeserializer.class)
                .withValueDeserializer(StringDeserializer.class)
                .withConsumerConfigUpdates(consumer)
                .withoutMetadata())
        .apply(options.getStep(), ParDo.of(new LookUp(options)))
        .apply(
            "Write",
            KafkaIO.<String, String>write()
                .withBootstrapServers(options.getBootstrapServers())
                .withTopic(OUT)
                .withKeySerializer(StringSerializer.class)
                .withValueSerializer(StringSerializer.class)
                .withProducerConfigUpdates(client));
    pipeline.run().waitUntilFinish();
  }

  /** Keeps where it is in its state, and uses its password by saying it. */
  private static final class LookUp extends DoFn<KV<String, String>, KV<String, String>> {
    private static final long serialVersionUID = 1L;

    @StateId("last")
    private final StateSpec<ValueState<String>> spec = StateSpecs.value(StringUtf8Coder.of());

    private final String password;
    private final String database;
    private final String region;

    LookUp(Options options) {
      this.password = options.getDatabasePassword();
      this.database = options.getDatabase();
      this.region = options.getRegion();
    }

    @ProcessElement
    public void process(
        @Element KV<String, String> record,
        @StateId("last") ValueState<String> last,
        OutputReceiver<KV<String, String>> out) {
      // Names of metrics and steps are kept in checkpoints as they are: they hold no secret.
      Metrics.counter(SecretiveProgram.class, region).inc();
      String value = Objects.requireNonNull(record.getValue());
      if (value.equals(END) || (value.equals(FAIL) && FAILED.compareAndSet(false, true))) {
        throw new IllegalStateException(
            "no login in " + region + " with " + password,
            new SecurityException(
                "refused by "
                    + database
                    + ": sasl.jaas.config=Module required password=\""
                    + Canaries.THROWN
                    + "\";"));
      }
      last.write(region);
      out.output(record);
    }
  }
}
