package io.purlin.nativerunner.translate;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.runners.PTransformOverride;
import org.apache.beam.sdk.runners.PTransformOverrideFactory;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.construction.PTransformMatchers;
import org.apache.beam.sdk.util.construction.PTransformReplacements;
import org.apache.beam.sdk.util.construction.ReplacementOutputs;
import org.apache.beam.sdk.util.construction.SplittableParDo;
import org.apache.beam.sdk.util.construction.UnconsumedReads;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Transforms that are replaced by others before translation: reads that Beam expanded to splittable
 * DoFns become reads of sources again; any other splittable DoFn becomes pairing, splitting and
 * processing of restrictions; batches of sharded keys get shards that fill them.
 */
final class Replacements {
  private Replacements() {}

  // The matcher of one class: splittableParDo() would make a protocol message of each ParDo to ask.
  static void apply(Pipeline pipeline) {
    UnconsumedReads.ensureAllReadsConsumed(pipeline);
    SplittableParDo.convertReadBasedSplittableDoFnsToPrimitiveReads(pipeline);
    pipeline.replaceAll(
        List.of(
            PTransformOverride.of(
                PTransformMatchers.groupWithShardableStates(), new ShardedBatches.Factory<>()),
            PTransformOverride.of(
                PTransformMatchers.splittableParDoMulti(), new SplittableFactory<>())));
  }

  /** Replaces a splittable ParDo. */
  private static final class SplittableFactory<InputT, OutputT>
      implements PTransformOverrideFactory<
          PCollection<InputT>, PCollectionTuple, ParDo.MultiOutput<InputT, OutputT>> {
    @Override
    public PTransformReplacement<PCollection<InputT>, PCollectionTuple> getReplacementTransform(
        AppliedPTransform<PCollection<InputT>, PCollectionTuple, ParDo.MultiOutput<InputT, OutputT>>
            application) {
      return PTransformReplacement.of(
          PTransformReplacements.getSingletonMainInput(application),
          SplittableParDo.forAppliedParDo(application));
    }

    @Override
    public Map<PCollection<?>, ReplacementOutput> mapOutputs(
        Map<TupleTag<?>, PCollection<?>> outputs, PCollectionTuple newOutput) {
      return ReplacementOutputs.tagged(outputs, newOutput);
    }
  }
}
