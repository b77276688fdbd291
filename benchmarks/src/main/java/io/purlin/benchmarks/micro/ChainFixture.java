package io.purlin.benchmarks.micro;

import io.purlin.nativerunner.chain.ChainServices;
import io.purlin.nativerunner.chain.Exit;
import io.purlin.nativerunner.chain.OperatorChain;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.graph.Edge;
import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.graph.Vertex.ChainHint;
import io.purlin.nativerunner.invoke.CallPath;
import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.nativerunner.invoke.OutputTags;
import io.purlin.nativerunner.operator.pardo.ParDoFactory;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.plan.ExchangePlan;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.state.StateMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.jspecify.annotations.Nullable;

/** A chain of equal DoFns that ends in a sink that keeps the last element. Used by one thread. */
final class ChainFixture {
  private final OperatorChain chain;
  private final Sink sink;

  private ChainFixture(OperatorChain chain, Sink sink) {
    this.chain = chain;
    this.sink = sink;
  }

  /** An open chain with an open bundle. */
  static ChainFixture open(DoFn<?, ?> fn, int length, CallPath path) throws Exception {
    DoFnSpec spec =
        new DoFnSpec(
            fn,
            VarLongCoder.of(),
            new OutputTags(new TupleTag<>("main"), List.of(), Map.of()),
            Map.of(),
            WindowingStrategy.globalDefault(),
            DoFnSchemaInformation.create());
    List<Vertex> members = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      members.add(
          new Vertex.Step(i, "step" + i, new ParDoFactory(spec, path), null, ChainHint.NONE));
      if (i > 0) {
        edges.add(new Edge(i - 1, 0, i, Partitioning.FORWARD));
      }
    }
    Edge leaving = new Edge(length - 1, 0, length, Partitioning.FORWARD);
    ChainServices services =
        new ChainServices(
            0,
            128,
            new CurrentElement(),
            () -> 0,
            new SideInputStore(List.of()),
            PipelineOptionsFactory.create(),
            false,
            StateMemory.unlimited(),
            new Standstill());
    Sink sink = new Sink();
    OperatorChain chain =
        new OperatorChain(
            new ChainPlan(0, 1, members, edges),
            services,
            List.of(
                new ExchangePlan(0, leaving, 0, 1, Partitioning.FORWARD, "the end is measured")),
            exchange -> sink);
    chain.open();
    chain.beginBundle();
    return new ChainFixture(chain, sink);
  }

  Receiver head() {
    return chain.head();
  }

  /** The last element that came out of the chain. */
  long last() {
    return sink.last;
  }

  void close() throws Exception {
    chain.finishBundle();
    chain.close();
  }

  /** Keeps the last element, as a number: an object would cost a write barrier. */
  private static final class Sink implements Exit {
    private long last = -1;

    @Override
    public void receive(@Nullable Object value) {
      last = value instanceof Long number ? number : -1;
    }

    @Override
    public void watermark(long millis) {}
  }
}
