package io.purlin.conformance.simulation.job;

import io.purlin.io.kafka.sink.KafkaSinks;
import io.purlin.nativerunner.graph.Edge;
import io.purlin.nativerunner.graph.LogicalGraph;
import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.plan.ChainPlanner;
import io.purlin.nativerunner.plan.ExecutionPlan;
import io.purlin.nativerunner.plan.PlanOptions;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.sink.JobSinks;
import io.purlin.nativerunner.translate.PipelineTranslator;
import io.purlin.sdk.NativePipelineOptions;
import io.purlin.sdk.connector.Connector;
import io.purlin.sdk.connector.SinkTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.ProducerRecordCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The pipeline that is simulated, translated once for all runs of a thread. The sink is added for
 * each process, since its connector is a simulated one.
 */
public final class SimulatedPipeline {
  /** Where results go. */
  public static final String TOPIC = "results";

  /** The name of the job. */
  static final String JOB = "simulated";

  private static final String WRITE = "Write";

  private final NativePipelineOptions options;
  private final LogicalGraph steps;
  private final SideInputStore sideInputs;

  /** Translates it. */
  public SimulatedPipeline() {
    options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setJobName(JOB);
    // Else each operator asks the options for their display data, which costs more than its work.
    options.setEnforceImmutability(false);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Read", Read.from(new NumberedSource()))
        .apply("SumByKey", ParDo.of(new SumByKey()))
        .setCoder(KvCoder.of(VarIntCoder.of(), StringUtf8Coder.of()))
        .apply("NumberByGroup", ParDo.of(new NumberByGroup()))
        .setCoder(ProducerRecordCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()));
    PipelineTranslator.Translation translation = PipelineTranslator.translate(pipeline, options);
    steps = translation.graph();
    sideInputs = translation.sideInputs();
  }

  /** What the sources on this thread ask from now on. */
  public static void play(Play play) {
    NumberedSource.play(play);
  }

  NativePipelineOptions options() {
    return options;
  }

  SideInputStore sideInputs() {
    return sideInputs;
  }

  /** The plan of one process, whose sink is run by the given connector. */
  ExecutionPlan plan(
      int parallelism, JobSinks sinks, Connector connector, long transactionTimeoutMillis) {
    KafkaIO.WriteRecords<byte[], byte[]> write =
        KafkaIO.<byte[], byte[]>writeRecords()
            .withBootstrapServers("model:9092")
            .withTopic(TOPIC)
            .withKeySerializer(ByteArraySerializer.class)
            .withValueSerializer(ByteArraySerializer.class)
            .withProducerConfigUpdates(
                Map.of(
                    ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                    Math.toIntExact(transactionTimeoutMillis)));
    SinkTransform<?> sink = KafkaSinks.of(WRITE, write).orElseThrow();
    List<Vertex> vertices = new ArrayList<>(steps.vertices());
    List<Edge> edges = new ArrayList<>(steps.edges());
    int last = vertices.size() - 1;
    vertices.add(
        new Vertex.Step(
            vertices.size(), WRITE, sinks.add(connector, sink), null, Vertex.ChainHint.NONE));
    edges.add(new Edge(last, 0, last + 1, Partitioning.FORWARD));
    return ChainPlanner.plan(new LogicalGraph(vertices, edges), new PlanOptions(parallelism, true));
  }
}
