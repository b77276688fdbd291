package io.purlin.benchmarks.micro;

import io.purlin.nativerunner.NativeRunner;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.TypeDescriptors;

/** The DoFn that MapElements expands to. */
final class MapElementsDoFn {
  private MapElementsDoFn() {}

  /** The DoFn that stands behind MapElements with a lambda that returns its argument. */
  static DoFn<?, ?> find() {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(NativeRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("create", Create.of(1L))
        .apply("map", MapElements.into(TypeDescriptors.longs()).via((Long element) -> element));
    List<DoFn<?, ?>> found = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            if (node.getFullName().startsWith("map")
                && node.getTransform() instanceof ParDo.MultiOutput<?, ?> parDo) {
              found.add(parDo.getFn());
            }
          }
        });
    return found.get(0);
  }
}
