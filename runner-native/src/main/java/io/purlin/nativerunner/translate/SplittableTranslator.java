package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.splittable.SplittableFactory;
import io.purlin.nativerunner.splittable.SplittableSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.util.construction.SplittableParDo.ProcessKeyedElements;
import org.apache.beam.sdk.values.TupleTag;

/** The processing of a splittable DoFn's restrictions, spread over tasks by their unique keys. */
final class SplittableTranslator implements TransformTranslator<ProcessKeyedElements<?, ?, ?, ?>> {
  @Override
  public void translate(
      AppliedPTransform<?, ?, ?> application,
      ProcessKeyedElements<?, ?, ?, ?> transform,
      GraphBuilder graph) {
    List<TupleTag<?>> tags = new ArrayList<>();
    tags.add(transform.getMainOutputTag());
    tags.addAll(transform.getAdditionalOutputTags().getAll());
    int step = graph.step(application, "", new SplittableFactory(spec(transform, tags)), null);
    graph.connect(
        GraphBuilder.mainInput(application), step, new Partitioning.Keyed(ByteArrayCoder.of()));
    graph.produceTagged(application, step, tags);
  }

  private static <InputT, OutputT, RestrictionT, EstimatorT>
      SplittableSpec<InputT, OutputT, RestrictionT, EstimatorT> spec(
          ProcessKeyedElements<InputT, OutputT, RestrictionT, EstimatorT> transform,
          List<TupleTag<?>> tags) {
    return new SplittableSpec<>(
        transform.getFn(),
        new SplittableSpec.Coders<>(
            transform.getElementCoder(),
            transform.getRestrictionCoder(),
            transform.getWatermarkEstimatorStateCoder()),
        transform.getInputWindowingStrategy(),
        transform.getSideInputs(),
        transform.getSideInputMapping(),
        tags,
        transform.getOutputTagsToCoders());
  }
}
