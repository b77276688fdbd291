package io.purlin.nativerunner.translate;

import static org.apache.beam.sdk.values.PCollection.IsBounded.UNBOUNDED;

import io.purlin.nativerunner.graph.LogicalGraph;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.sink.JobSinks;
import io.purlin.sdk.NativePipelineOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineVisitor;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.View.CreatePCollectionView;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PValue;
import org.jspecify.annotations.Nullable;

/** Turns a whole pipeline into a logical graph. Used by one thread, before anything runs. */
public final class PipelineTranslator {
  /**
   * What a pipeline became.
   *
   * @param graph the steps
   * @param sideInputs where the steps that write and read side inputs meet
   * @param sinks the steps that connectors run
   * @param testStream whether a {@code TestStream} drives the pipeline
   * @param unbounded whether any of its collections is unbounded
   */
  public record Translation(
      LogicalGraph graph,
      SideInputStore sideInputs,
      JobSinks sinks,
      boolean testStream,
      boolean unbounded) {}

  private PipelineTranslator() {}

  /**
   * Translates a pipeline, after replacing in it what is run by other transforms.
   *
   * @throws UnsupportedTransformException naming the transform and the feature that cannot be run
   * @throws IllegalArgumentException naming a collection whose coder cannot be serialized
   */
  public static Translation translate(Pipeline pipeline, NativePipelineOptions options) {
    Replacements.apply(pipeline);
    Survey survey = new Survey();
    pipeline.traverseTopologically(survey);
    SideInputStore sideInputs = new SideInputStore(survey.views);
    JobSinks sinks = new JobSinks();
    GraphBuilder builder = new GraphBuilder(options, sideInputs, new ChainHints(options));
    pipeline.traverseTopologically(
        new TranslatingVisitor(pipeline, builder, new Connectors(sinks)));
    return new Translation(builder.build(), sideInputs, sinks, survey.testStream, survey.unbounded);
  }

  /** Finds what must be known before the first step is translated. */
  private static final class Survey extends PipelineVisitor.Defaults {
    final List<PCollectionView<?>> views = new ArrayList<>();
    private final Set<Coder<?>> coders = Collections.newSetFromMap(new IdentityHashMap<>());
    boolean testStream;
    boolean unbounded;

    @Override
    public void visitValue(PValue value, TransformHierarchy.Node producer) {
      if (value instanceof PCollection<?> collection) {
        unbounded |= collection.isBounded() == UNBOUNDED;
        if (coders.add(collection.getCoder())) {
          requireSerializable(collection);
        }
      }
    }

    /** Said before anything runs: other runners and processes get coders that way. */
    private static void requireSerializable(PCollection<?> collection) {
      try {
        SerializableUtils.serializeToByteArray(collection.getCoder());
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(
            "the coder of " + collection.getName() + " cannot be serialized: " + e.getMessage(), e);
      }
    }

    @Override
    public void visitPrimitiveTransform(TransformHierarchy.Node node) {
      if (node.getTransform() instanceof CreatePCollectionView<?, ?> create) {
        views.add(create.getView());
      }
      testStream |= node.getTransform() instanceof org.apache.beam.sdk.testing.TestStream<?>;
    }
  }

  /** Hands each transform to its translator. */
  private static final class TranslatingVisitor extends PipelineVisitor.Defaults {
    private final Pipeline pipeline;
    private final GraphBuilder builder;
    private final Connectors connectors;

    TranslatingVisitor(Pipeline pipeline, GraphBuilder builder, Connectors connectors) {
      this.pipeline = pipeline;
      this.builder = builder;
      this.connectors = connectors;
    }

    @Override
    public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
      PTransform<?, ?> transform = node.getTransform();
      return transform != null
              && (translate(node, transform)
                  || connectors.translate(
                      node, transform, node.toAppliedPTransform(pipeline), builder))
          ? CompositeBehavior.DO_NOT_ENTER_TRANSFORM
          : CompositeBehavior.ENTER_TRANSFORM;
    }

    @Override
    public void visitPrimitiveTransform(TransformHierarchy.Node node) {
      PTransform<?, ?> transform = node.getTransform();
      if (transform == null || !translate(node, transform)) {
        throw new UnsupportedTransformException(
            node.getFullName(),
            "the primitive " + (transform == null ? "null" : transform.getClass().getName()));
      }
    }

    private <T extends PTransform<?, ?>> boolean translate(
        TransformHierarchy.Node node, T transform) {
      @Nullable TransformTranslator<T> translator = Translators.find(node, transform);
      if (translator == null) {
        return false;
      }
      AppliedPTransform<?, ?, ?> application = node.toAppliedPTransform(pipeline);
      translator.translate(application, transform, builder);
      return true;
    }
  }
}
