package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Edge;
import io.purlin.nativerunner.graph.LogicalGraph;
import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.operator.OperatorFactory;
import io.purlin.nativerunner.operator.ReencodingOperator;
import io.purlin.nativerunner.operator.pardo.Checks;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.source.SourceFactory;
import io.purlin.sdk.NativePipelineOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.util.construction.TransformInputs;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** The graph while translators add to it. Used by one thread during translation. */
final class GraphBuilder {
  /** Where a collection comes from. */
  record Producer(int vertex, int output) {}

  private final NativePipelineOptions options;
  private final SideInputStore sideInputs;
  private final ChainHints hints;
  private final Checks checks;
  private final List<Vertex> vertices = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();
  private final Map<PValue, Producer> producers = new HashMap<>();

  GraphBuilder(NativePipelineOptions options, SideInputStore sideInputs, ChainHints hints) {
    this.options = options;
    this.sideInputs = sideInputs;
    this.hints = hints;
    this.checks = Checks.of(options);
  }

  /** Parallel tasks of a step that can be parallel. */
  int parallelism() {
    return options.getParallelism();
  }

  SideInputStore sideInputs() {
    return sideInputs;
  }

  /** Adds a source whose output is the transform's only one. */
  void source(AppliedPTransform<?, ?, ?> application, SourceFactory factory, boolean single) {
    produce(onlyOutput(application), rawSource(application, factory, single), 0);
  }

  /**
   * Adds a source whose output is not yet the transform's.
   *
   * @return the source's id
   */
  int rawSource(AppliedPTransform<?, ?, ?> application, SourceFactory factory, boolean single) {
    int id = vertices.size();
    vertices.add(
        new Vertex.Source(id, application.getFullName(), factory, single, hints.of(application)));
    return id;
  }

  /**
   * Adds a step that reads collections.
   *
   * @param suffix distinguishes several steps of one transform; empty for the main one
   * @param outputKey the key coder by which the output is partitioned; null: unknown
   * @return the step's id
   */
  int step(
      AppliedPTransform<?, ?, ?> application,
      String suffix,
      OperatorFactory factory,
      @Nullable Coder<?> outputKey) {
    int id = vertices.size();
    vertices.add(
        new Vertex.Step(
            id, application.getFullName() + suffix, factory, outputKey, hints.of(application)));
    return id;
  }

  /** Connects a collection to a step. */
  void connect(PValue collection, int step, Partitioning partitioning) {
    Producer producer = producers.get(collection);
    if (producer == null) {
      throw new IllegalStateException(collection + " is read before it is produced");
    }
    edges.add(new Edge(producer.vertex(), producer.output(), step, partitioning));
  }

  /** Connects the main output of a step to another. */
  void connect(int from, int step, Partitioning partitioning) {
    edges.add(new Edge(from, 0, step, partitioning));
  }

  /** Says which vertex makes a collection. */
  void produce(PValue collection, int vertex, int output) {
    boolean reencoded = checks.encodability() && collection instanceof PCollection<?>;
    producers.put(
        collection,
        reencoded
            ? reencoded((PCollection<?>) collection, vertex, output)
            : new Producer(vertex, output));
  }

  private Producer reencoded(PCollection<?> collection, int vertex, int output) {
    int id = vertices.size();
    Coder<?> coder = collection.getCoder();
    vertices.add(
        new Vertex.Step(
            id,
            collection.getName() + "/Reencoded",
            context -> new ReencodingOperator(coder, context),
            null,
            Vertex.ChainHint.NONE));
    edges.add(new Edge(vertex, output, id, Partitioning.FORWARD));
    return new Producer(id, 0);
  }

  /** Says which vertex makes the collections of a transform, by the order of their tags. */
  void produceTagged(AppliedPTransform<?, ?, ?> application, int vertex, List<TupleTag<?>> tags) {
    application
        .getOutputs()
        .forEach((tag, collection) -> produce(collection, vertex, tags.indexOf(tag)));
  }

  /** The collections that a transform reads, side inputs apart. */
  static List<PValue> mainInputs(AppliedPTransform<?, ?, ?> application) {
    return List.copyOf(TransformInputs.nonAdditionalInputs(application));
  }

  /** The only collection that a transform reads, side inputs apart. */
  static PCollection<?> mainInput(AppliedPTransform<?, ?, ?> application) {
    List<PValue> inputs = mainInputs(application);
    if (inputs.size() != 1) {
      throw new IllegalStateException(
          application.getFullName() + " has " + inputs.size() + " inputs instead of one");
    }
    return (PCollection<?>) inputs.get(0);
  }

  /** The only collection that a transform makes. */
  static PCollection<?> onlyOutput(AppliedPTransform<?, ?, ?> application) {
    Set<PCollection<?>> outputs = Set.copyOf(application.getOutputs().values());
    if (outputs.size() != 1) {
      throw new IllegalStateException(
          application.getFullName() + " has " + outputs.size() + " outputs instead of one");
    }
    return outputs.iterator().next();
  }

  LogicalGraph build() {
    return new LogicalGraph(vertices, edges);
  }
}
