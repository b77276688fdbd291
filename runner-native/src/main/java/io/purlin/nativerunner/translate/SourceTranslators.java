package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.nativerunner.invoke.OutputTags;
import io.purlin.nativerunner.operator.pardo.ParDoFactory;
import io.purlin.nativerunner.source.BoundedSourceFactory;
import io.purlin.nativerunner.source.ImpulseFactory;
import io.purlin.nativerunner.source.TestStreamFactory;
import io.purlin.nativerunner.source.UnboundedSourceFactory;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.BoundedReadFromUnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.util.construction.SplittableParDo.PrimitiveBoundedRead;
import org.apache.beam.sdk.util.construction.SplittableParDo.PrimitiveUnboundedRead;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

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

  /** Read of an unbounded source; behind one that may repeat records stands what drops them. */
  static final class OfUnboundedRead implements TransformTranslator<PrimitiveUnboundedRead<?>> {
    @Override
    public void translate(
        AppliedPTransform<?, ?, ?> application,
        PrimitiveUnboundedRead<?> transform,
        GraphBuilder graph) {
      UnboundedSource<?, ?> source = transform.getSource();
      read(application, source, new UnboundedSourceFactory(source), graph);
    }

    static void read(
        AppliedPTransform<?, ?, ?> application,
        UnboundedSource<?, ?> source,
        UnboundedSourceFactory factory,
        GraphBuilder graph) {
      if (!source.requiresDeduping()) {
        graph.source(application, factory, false);
        return;
      }
      // What is read is a pair of the record's id and the element, which has another coder.
      int read = graph.rawSource(application, factory, false);
      PCollection<?> output = GraphBuilder.onlyOutput(application);
      int step =
          graph.step(application, "/Deduplicate", new ParDoFactory(dropRepeated(output)), null);
      graph.connect(read, step, new Partitioning.Keyed(StringUtf8Coder.of()));
      graph.produce(output, step, 0);
    }

    private static DoFnSpec dropRepeated(PCollection<?> output) {
      TupleTag<Object> main = new TupleTag<>("output");
      return new DoFnSpec(
          new DropRepeated<>(),
          KvCoder.of(StringUtf8Coder.of(), output.getCoder()),
          new OutputTags(main, List.of(), Map.of(main, output.getCoder())),
          Map.of(),
          output.getWindowingStrategy(),
          DoFnSchemaInformation.create());
    }
  }

  /**
   * Read of an unbounded source as a bounded one. Beam's own expansion reads up to a hundred splits
   * one after another, each for the whole time that is allowed.
   */
  static final class OfLimitedRead
      implements TransformTranslator<BoundedReadFromUnboundedSource<?>> {
    @Override
    public void translate(
        AppliedPTransform<?, ?, ?> application,
        BoundedReadFromUnboundedSource<?> transform,
        GraphBuilder graph) {
      ReadBounds bounds = ReadBounds.of(transform);
      UnboundedSource<?, ?> source = bounds.source();
      OfUnboundedRead.read(
          application,
          source,
          new UnboundedSourceFactory(source, bounds.maxRecords(), bounds.maxMillis()),
          graph);
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
