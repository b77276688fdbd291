package io.purlin.nativerunner.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.chain.ChainServices;
import io.purlin.nativerunner.chain.OperatorChain;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.exchange.Backpressure;
import io.purlin.nativerunner.exchange.Channel;
import io.purlin.nativerunner.exchange.ExchangeWriter;
import io.purlin.nativerunner.exchange.InputGate;
import io.purlin.nativerunner.exchange.Signal;
import io.purlin.nativerunner.graph.Edge;
import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.graph.Vertex.ChainHint;
import io.purlin.nativerunner.operator.ForwardOperator;
import io.purlin.nativerunner.operator.NoOpOperator;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.time.ManualClock;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.state.StateMemory;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was fed has come through the chain, however long that is, before the task goes on. */
class LongChainInputTest {
  private static final int LENGTH = 100;

  private final CurrentElement current = new CurrentElement();
  private final List<Object> arrived = new ArrayList<>();
  private final OperatorChain chain = chain();

  @BeforeEach
  void open() throws Exception {
    chain.open();
  }

  @Test
  void whatASourceGaveIsThroughTheChain() throws Exception {
    SourceInput input = new SourceInput(new OneElement(), current);
    input.feed(chain, 100);
    assertThat(arrived).containsExactly("element");
  }

  @Test
  void whatABatchHeldIsThroughTheChain() throws Exception {
    Channel channel = new Channel(1, 10, new Signal(), new Signal());
    ExchangeWriter writer =
        new ExchangeWriter(
            new CurrentElement(), value -> 0, List.of(channel), Backpressure.overflowing(), 0);
    writer.receive("element");
    writer.flush();
    GateInput input = new GateInput(new InputGate(List.of(channel)), current, new ManualClock(0));

    input.feed(chain, 100);

    assertThat(arrived).containsExactly("element");
  }

  private OperatorChain chain() {
    List<Vertex> members = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < LENGTH; i++) {
      members.add(new Vertex.Step(i, "v" + i, ForwardOperator::new, null, ChainHint.NONE));
      edges.add(new Edge(i, 0, i + 1, Partitioning.FORWARD));
    }
    members.add(new Vertex.Step(LENGTH, "end", context -> new End(), null, ChainHint.NONE));
    return new OperatorChain(
        new ChainPlan(0, 1, members, edges),
        new ChainServices(
            0,
            128,
            current,
            new ManualClock(0),
            new SideInputStore(List.of()),
            PipelineOptionsFactory.create(),
            false,
            StateMemory.unlimited(),
            new Standstill()),
        List.of(),
        exchange -> {
          throw new AssertionError("nothing leaves");
        });
  }

  private final class End extends NoOpOperator {
    @Override
    public void receive(@Nullable Object value) {
      arrived.add(String.valueOf(value));
    }
  }

  /** Gives an element each time it is asked. */
  private static final class OneElement extends OneTask.Silent {
    @Override
    public Status poll(Receiver receiver, CurrentElement element, int maxElements) {
      receiver.receive("element");
      return Status.IDLE;
    }
  }
}
