package io.purlin.nativerunner.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.graph.Edge;
import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.graph.Vertex.ChainHint;
import io.purlin.nativerunner.operator.ForwardOperator;
import io.purlin.nativerunner.operator.LookAhead;
import io.purlin.nativerunner.operator.NoOpOperator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.operator.OperatorFactory;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.plan.ExchangePlan;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.state.StateMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperatorChainTest {
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final List<String> log = new ArrayList<>();

  @Test
  void passesElementsAndWatermarksInOrder() throws Exception {
    OperatorChain chain = chain(List.of(logging("a"), logging("b")), forward(0, 1));
    chain.open();

    chain.beginBundle();
    chain.head().receive("x");
    chain.advanceWatermark(5);

    assertThat(log)
        .containsExactly("a start", "b start", "out x", "a finish", "b finish", "out watermark 5");
  }

  @Test
  void watermarkFollowsWhenABundleReleasesAHold() throws Exception {
    Holding holding = new Holding();
    OperatorChain chain =
        chain(
            List.of(
                context -> {
                  holding.context = context;
                  return holding;
                }));
    chain.open();

    chain.beginBundle();
    chain.head().receive("hold");
    chain.advanceWatermark(10);
    assertThat(log).isEmpty();

    chain.beginBundle();
    chain.head().receive("release");
    chain.finishBundle();

    assertThat(log).containsExactly("out watermark 10");
    assertThat(chain.isDone()).isFalse();
    chain.advanceWatermark(END);
    assertThat(chain.isDone()).isTrue();
  }

  @Test
  void noWatermarkPassesWhileABundleIsOpen() throws Exception {
    OperatorChain chain = chain(List.of(AtWatermark::new, AtBundleEnd::new), forward(0, 1));
    chain.open();

    chain.advanceWatermark(10);

    assertThat(log).containsExactly("out fired at 10", "out watermark 10");
  }

  @Test
  void unionPassesTheLowerWatermarkOfItsBranches() throws Exception {
    Holding holding = new Holding();
    OperatorChain chain =
        chain(
            List.of(
                ForwardOperator::new,
                ForwardOperator::new,
                context -> {
                  holding.context = context;
                  return holding;
                },
                ForwardOperator::new),
            forward(0, 1),
            forward(0, 2),
            forward(1, 3),
            forward(2, 3));
    chain.open();

    chain.beginBundle();
    chain.head().receive("hold");
    chain.advanceWatermark(10);
    assertThat(log).containsExactly("out hold");

    chain.beginBundle();
    chain.head().receive("release");
    chain.finishBundle();
    assertThat(log).containsExactly("out hold", "out release", "out watermark 10");
  }

  @Test
  void closesEveryOperatorAndThrowsTheFirstFailure() throws Exception {
    OperatorChain chain = chain(List.of(failing("a"), failing("b")), forward(0, 1));
    chain.open();

    assertThatThrownBy(chain::close)
        .hasMessage("a")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("b"));
  }

  @Test
  void aLongChainDoesAllInTheOrderOfAShortOne() throws Exception {
    List<String> ofShort = logOf(1);
    assertThat(ofShort)
        .containsExactly(
            "z start",
            "out fired at 3",
            "z finish",
            "out watermark 3",
            "z start",
            "out ticked",
            "z tick",
            "out x",
            "out y",
            "z finish",
            "out watermark 10");
    assertThat(logOf(30)).isEqualTo(ofShort);
  }

  /** What a chain does whose operators of interest are so far apart. */
  private List<String> logOf(int apart) throws Exception {
    log.clear();
    List<OperatorFactory> factories = new ArrayList<>();
    for (OperatorFactory each :
        List.<OperatorFactory>of(AtBundleEnd::new, AtTick::new, AtWatermark::new, logging("z"))) {
      for (int i = 1; i < apart; i++) {
        factories.add(ForwardOperator::new);
      }
      factories.add(each);
    }
    OperatorChain chain = chain(factories, row(factories.size()));
    chain.open();
    chain.advanceWatermark(3);
    chain.beginBundle();
    chain.head().receive("x");
    chain.head().receive("y");
    chain.advanceProcessingTime(5);
    chain.advanceWatermark(10);
    return List.copyOf(log);
  }

  @Test
  void elementsGatherOnTheWayThroughALongChainUntilTheyAreToGoOn() throws Exception {
    OperatorChain chain = chain(Collections.nCopies(100, ForwardOperator::new), row(100));
    chain.open();

    chain.beginBundle();
    chain.head().receive("x");
    assertThat(log).isEmpty();
    chain.passOn();
    assertThat(log).containsExactly("out x");
  }

  @Test
  void nothingGathersInAChainOfUsualLength() throws Exception {
    OperatorChain chain = chain(Collections.nCopies(50, ForwardOperator::new), row(50));
    chain.open();

    chain.beginBundle();
    chain.head().receive("x");

    assertThat(log).containsExactly("out x");
  }

  /** What comes out of an exchange is announced where it is fed. */
  @Test
  void elementsGatherBeforeAnOperatorThatLooksAheadUnlessItIsTheHead() throws Exception {
    OperatorChain head = chain(List.of(Ahead::new));
    OperatorChain inside = chain(List.of(ForwardOperator::new, Ahead::new), forward(0, 1));

    assertThat(outBeforePassingOn(head)).isEqualTo(100);
    assertThat(outBeforePassingOn(inside)).isLessThan(100);
    assertThat(log).hasSize(200);
  }

  private int outBeforePassingOn(OperatorChain chain) throws Exception {
    int before = log.size();
    chain.open();
    chain.beginBundle();
    for (int i = 0; i < 100; i++) {
      chain.head().receive("x");
    }
    int out = log.size() - before;
    chain.passOn();
    return out;
  }

  /** Passes on, and gains by elements that gather. */
  private static final class Ahead extends NoOpOperator implements LookAhead {
    private final OperatorContext context;

    Ahead(OperatorContext context) {
      this.context = context;
    }

    @Override
    public void receive(@Nullable Object value) {
      context.outputs().receiver(0).receive(value);
    }

    @Override
    public LookAhead ahead() {
      return this;
    }

    @Override
    public boolean isWorthIt() {
      return true;
    }

    @Override
    public void lookAhead(@Nullable Object[] values, int from, int to) {}
  }

  private static Edge[] row(int length) {
    return IntStream.range(1, length).mapToObj(i -> forward(i - 1, i)).toArray(Edge[]::new);
  }

  private static Edge forward(int from, int to) {
    return new Edge(from, 0, to, Partitioning.FORWARD);
  }

  /** A chain whose last operator has an exit that writes the log. */
  private OperatorChain chain(List<OperatorFactory> factories, Edge... edges) {
    List<Vertex> members = new ArrayList<>();
    for (OperatorFactory factory : factories) {
      int id = members.size();
      members.add(new Vertex.Step(id, "v" + id, factory, null, ChainHint.NONE));
    }
    int last = members.size() - 1;
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
    Exit exit =
        new Exit() {
          @Override
          public void receive(@Nullable Object value) {
            log.add("out " + value);
          }

          @Override
          public void watermark(long millis) {
            log.add("out watermark " + millis);
          }
        };
    return new OperatorChain(
        new ChainPlan(0, 1, members, List.of(edges)),
        services,
        List.of(
            new ExchangePlan(
                0,
                new Edge(last, 0, last + 1, Partitioning.FORWARD),
                0,
                1,
                Partitioning.FORWARD,
                "test")),
        exchange -> exit);
  }

  private OperatorFactory logging(String name) {
    return context -> new Probe(context, name, false);
  }

  private OperatorFactory failing(String name) {
    return context -> new Probe(context, name, true);
  }

  /** Forwards elements, logs bundles, and fails to close if asked to. */
  private final class Probe extends NoOpOperator {
    private final OperatorContext context;
    private final String name;
    private final boolean failsToClose;

    Probe(OperatorContext context, String name, boolean failsToClose) {
      this.context = context;
      this.name = name;
      this.failsToClose = failsToClose;
    }

    @Override
    public void startBundle() {
      log.add(name + " start");
    }

    @Override
    public void receive(@Nullable Object value) {
      context.outputs().receiver(0).receive(value);
    }

    @Override
    public void finishBundle() {
      log.add(name + " finish");
    }

    @Override
    public void advanceProcessingTime(long nowMillis) {
      log.add(name + " tick");
    }

    @Override
    public void advanceWatermark(long inputMillis) {
      context.outputs().watermark(inputMillis);
    }

    @Override
    public void close() {
      if (failsToClose) {
        throw new IllegalStateException(name);
      }
    }
  }

  /** Emits an element when the clock goes on. */
  private static final class AtTick extends NoOpOperator {
    private final OperatorContext context;

    AtTick(OperatorContext context) {
      this.context = context;
    }

    @Override
    public void receive(@Nullable Object value) {
      context.outputs().receiver(0).receive(value);
    }

    @Override
    public void advanceProcessingTime(long nowMillis) {
      context.bundle().begin();
      context.outputs().receiver(0).receive("ticked");
    }

    @Override
    public void advanceWatermark(long inputMillis) {
      context.outputs().watermark(inputMillis);
    }
  }

  /** Emits an element in a bundle of its own when the watermark first comes, as timers do. */
  private static final class AtWatermark extends NoOpOperator {
    private final OperatorContext context;
    private boolean fired;

    AtWatermark(OperatorContext context) {
      this.context = context;
    }

    @Override
    public void receive(@Nullable Object value) {
      context.outputs().receiver(0).receive(value);
    }

    @Override
    public void advanceWatermark(long inputMillis) {
      if (!fired) {
        fired = true;
        context.bundle().begin();
        context.outputs().receiver(0).receive("fired at " + inputMillis);
      }
      context.outputs().watermark(inputMillis);
    }
  }

  /** Emits what it was given when the bundle ends. */
  private static final class AtBundleEnd extends NoOpOperator {
    private final OperatorContext context;
    private final List<Object> kept = new ArrayList<>();

    AtBundleEnd(OperatorContext context) {
      this.context = context;
    }

    @Override
    public void receive(@Nullable Object value) {
      kept.add(String.valueOf(value));
    }

    @Override
    public void finishBundle() {
      kept.forEach(context.outputs().receiver(0)::receive);
      kept.clear();
    }

    @Override
    public void advanceWatermark(long inputMillis) {
      context.outputs().watermark(inputMillis);
    }
  }

  /** Holds the watermark between the elements "hold" and "release". */
  private static final class Holding extends NoOpOperator {
    private @Nullable OperatorContext context;
    private boolean holds;

    private OperatorContext context() {
      if (context == null) {
        throw new IllegalStateException("not wired");
      }
      return context;
    }

    @Override
    public void receive(@Nullable Object value) {
      holds = "hold".equals(value);
    }

    @Override
    public void advanceWatermark(long inputMillis) {
      if (!holds) {
        context().outputs().watermark(inputMillis);
      }
    }
  }
}
