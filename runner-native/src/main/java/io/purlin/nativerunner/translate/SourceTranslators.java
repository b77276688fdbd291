package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.source.BoundedSourceFactory;
import io.purlin.nativerunner.source.ImpulseFactory;
import io.purlin.nativerunner.source.TestStreamFactory;
import io.purlin.nativerunner.source.UnboundedSourceFactory;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.util.construction.SplittableParDo.PrimitiveBoundedRead;
import org.apache.beam.sdk.util.construction.SplittableParDo.PrimitiveUnboundedRead;

/** Transforms that elements come from. */
final class SourceTranslators {
  private SourceTranslators() {}

  /** Impulse: one element, read by one task. */
  static final class OfImpulse implements TransformTranslator<Impulse> {
    @Override
    public void translate(
        AppliedPTransform<?, ?, ?> application, Impulse transform, GraphBuilder graph) {
      graph.source(application, new ImpulseFactory(), true);
    }
  }

  /** Read of a bounded source. */
  static final class OfBoundedRead implements TransformTranslator<PrimitiveBoundedRead<?>> {
    @Override
    public void translate(
        AppliedPTransform<?, ?, ?> application,
        PrimitiveBoundedRead<?> transform,
        GraphBuilder graph) {
      graph.source(application, new BoundedSourceFactory(transform.getSource()), false);
    }
  }

  /** Read of an unbounded source. */
  static final class OfUnboundedRead implements TransformTranslator<PrimitiveUnboundedRead<?>> {
    @Override
    public void translate(
        AppliedPTransform<?, ?, ?> application,
        PrimitiveUnboundedRead<?> transform,
        GraphBuilder graph) {
      graph.source(application, new UnboundedSourceFactory(transform.getSource()), false);
    }
  }

  /** A test stream: played by one task in a job that one thread steps. */
  static final class OfTestStream implements TransformTranslator<TestStream<?>> {
    @Override
    public void translate(
        AppliedPTransform<?, ?, ?> application, TestStream<?> transform, GraphBuilder graph) {
      graph.source(application, new TestStreamFactory(transform), true);
    }
  }
}
