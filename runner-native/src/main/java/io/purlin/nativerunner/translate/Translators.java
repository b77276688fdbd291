package io.purlin.nativerunner.translate;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.io.BoundedReadFromUnboundedSource;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Redistribute;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.construction.SplittableParDo;
import org.jspecify.annotations.Nullable;

/** Which translator is for which transform. Composites that stand here are translated whole. */
final class Translators {
  private static final Map<Class<?>, TransformTranslator<?>> BY_CLASS = new HashMap<>();

  static {
    put(Impulse.class, new SourceTranslators.OfImpulse());
    put(SplittableParDo.PrimitiveBoundedRead.class, new SourceTranslators.OfBoundedRead());
    put(SplittableParDo.PrimitiveUnboundedRead.class, new SourceTranslators.OfUnboundedRead());
    put(BoundedReadFromUnboundedSource.class, new SourceTranslators.OfLimitedRead());
    put(TestStream.class, new SourceTranslators.OfTestStream());
    put(ParDo.MultiOutput.class, new ParDoTranslator());
    put(SplittableParDo.ProcessKeyedElements.class, new SplittableTranslator());
    put(GroupByKey.class, new GroupByKeyTranslator());
    put(Combine.PerKey.class, new CombinePerKeyTranslator());
    put(Flatten.PCollections.class, new FlattenTranslator());
    put(Window.Assign.class, new WindowTranslator());
    put(Reshuffle.class, new RedistributeTranslators.ByKey<Reshuffle<?, ?>>());
    put(
        Redistribute.RedistributeByKey.class,
        new RedistributeTranslators.ByKey<Redistribute.RedistributeByKey<?, ?>>());
    put(Redistribute.RedistributeArbitrarily.class, new RedistributeTranslators.Arbitrarily());
    put(ShardedBatches.ShardKeys.class, new ShardedBatches.Translator());
    put(View.CreatePCollectionView.class, new ViewTranslator());
  }

  private Translators() {}

  // A raw class stands for every parameterisation of its transform.
  @SuppressWarnings("rawtypes")
  private static <T extends PTransform> void put(
      Class<T> kind, TransformTranslator<? extends PTransform> translator) {
    BY_CLASS.put(kind, translator);
  }

  /** The translator of a transform; null when it is a composite to be entered, or unknown. */
  @SuppressWarnings("unchecked") // the map pairs each class with a translator of its transforms
  static <T extends PTransform<?, ?>> @Nullable TransformTranslator<T> find(
      TransformHierarchy.Node node, T transform) {
    if (transform instanceof Combine.PerKey<?, ?, ?> combine && combinesOnlyPanes(node, combine)) {
      return null;
    }
    TransformTranslator<T> found = (TransformTranslator<T>) BY_CLASS.get(transform.getClass());
    return found;
  }

  /**
   * Whether values may be combined only once a pane is complete: the side inputs that the function
   * reads are those of the pane's window, which is not known before windows have merged. The
   * transform's own expansion, grouping first, does that.
   */
  private static boolean combinesOnlyPanes(
      TransformHierarchy.Node node, Combine.PerKey<?, ?, ?> combine) {
    return !combine.getSideInputs().isEmpty()
        && node.getInputs().values().stream()
            .anyMatch(input -> input.getWindowingStrategy().needsMerge());
  }
}
