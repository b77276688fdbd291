package io.purlin.nativerunner.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.graph.Edge;
import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.graph.Vertex.ChainHint;
import io.purlin.nativerunner.operator.NoOpOperator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.operator.OperatorFactory;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.time.ManualClock;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.state.StateMemory;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What fires by the clock before a watermark, in chains whose first operator takes its time. */
class AwaitedTimesTest {
  private final ManualClock clock = new ManualClock(1_000);
  private final List<String> log = new ArrayList<>();

  @Test
  void whatComesDueWhileUserCodeTakesItsTimeFiresBeforeTheWatermark() throws Exception {
    OperatorChain chain = chain(Sleeping::new, context -> new Waiting(context, "waiting", 1_100));

    chain.advanceWatermark(10);

    assertThat(log).containsExactly("sleeping at 10", "waiting due", "waiting at 10");
  }

  @Test
  void whatIsNotDueDoesNot() throws Exception {
    OperatorChain chain = chain(Sleeping::new, context -> new Waiting(context, "waiting", 9_999));

    chain.advanceWatermark(10);

    assertThat(log).containsExactly("sleeping at 10", "waiting at 10");
  }

  @Test
  void whatOneFiresMakesTheNextDue() throws Exception {
    OperatorChain chain =
        chain(
            Sleeping::new,
            context -> new Waiting(context, "first", 1_100),
            context -> new Waiting(context, "second", Waiting.FOR_AN_ELEMENT));

    chain.advanceWatermark(10);

    assertThat(log)
        .containsExactly(
            "sleeping at 10", "first due", "second due", "first at 10", "second at 10");
  }

  @Test
  void whatComesWithTheWatermarkWaitsForIt() throws Exception {
    OperatorChain chain =
        chain(Sleeping::new, context -> new Waiting(context, "next", Waiting.FOR_AN_ELEMENT));

    chain.advanceWatermark(10);

    assertThat(log).containsExactly("sleeping at 10", "next at 10");
  }

  @Test
  void whatIsDueAgainAndAgainGivesWay() throws Exception {
    OperatorChain chain =
        chain(Sleeping::new, context -> new Waiting(context, "always", Waiting.ALWAYS));

    chain.advanceWatermark(10);

    assertThat(log).startsWith("sleeping at 10", "always due").endsWith("always at 10").hasSize(4);
  }

  /** An opened chain of the operators, one after the other. */
  private OperatorChain chain(OperatorFactory... factories) throws Exception {
    List<Vertex> members = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (OperatorFactory factory : factories) {
      int id = members.size();
      members.add(new Vertex.Step(id, "v" + id, factory, null, ChainHint.NONE));
      if (id > 0) {
        edges.add(new Edge(id - 1, 0, id, Partitioning.FORWARD));
      }
    }
    ChainServices services =
        new ChainServices(
            0,
            128,
            new CurrentElement(),
            clock,
            new SideInputStore(List.of()),
            PipelineOptionsFactory.create(),
            false,
            StateMemory.unlimited(),
            new Standstill());
    OperatorChain chain =
        new OperatorChain(
            new ChainPlan(0, 1, members, edges),
            services,
            List.of(),
            exchange -> {
              throw new AssertionError("nothing leaves");
            });
    chain.open();
    return chain;
  }

  /** Emits an element when the watermark first comes, as timers do, and takes long to do so. */
  private final class Sleeping extends NoOpOperator {
    private final OperatorContext context;
    private boolean fired;

    Sleeping(OperatorContext context) {
      this.context = context;
    }

    @Override
    public void advanceWatermark(long inputMillis) {
      if (!fired) {
        fired = true;
        context.bundle().begin();
        log.add("sleeping at " + inputMillis);
        clock.advanceTo(1_500);
        context.outputs().receiver(0).receive("element");
      }
      context.outputs().watermark(inputMillis);
    }
  }

  /** Emits once when its time has come. */
  private final class Waiting extends NoOpOperator {
    /** Due as soon as there is an element. */
    static final long FOR_AN_ELEMENT = Long.MAX_VALUE;

    /** Due whenever it is asked. */
    static final long ALWAYS = Long.MIN_VALUE;

    private final OperatorContext context;
    private final String name;
    private long dueMillis;
    private boolean waitsForElement;
    private long watermark = Long.MIN_VALUE;

    Waiting(OperatorContext context, String name, long dueMillis) {
      this.context = context;
      this.name = name;
      this.dueMillis = dueMillis;
      this.waitsForElement = dueMillis == FOR_AN_ELEMENT;
    }

    @Override
    public void receive(@Nullable Object value) {
      if (waitsForElement) {
        waitsForElement = false;
        dueMillis = clock.millis();
      }
    }

    @Override
    public void advanceProcessingTime(long nowMillis) {
      if (dueMillis <= nowMillis) {
        log.add(name + " due");
        dueMillis = dueMillis == ALWAYS ? ALWAYS : Long.MAX_VALUE;
        context.bundle().begin();
        context.outputs().receiver(0).receive("due");
      }
    }

    @Override
    public long nextProcessingTimeMillis() {
      return dueMillis;
    }

    @Override
    public void advanceWatermark(long inputMillis) {
      if (inputMillis > watermark) {
        watermark = inputMillis;
        log.add(name + " at " + inputMillis);
      }
      context.outputs().watermark(inputMillis);
    }
  }
}
