package io.purlin.nativerunner.task;

import static java.util.Objects.requireNonNull;

import io.purlin.nativerunner.chain.ChainServices;
import io.purlin.nativerunner.chain.Exit;
import io.purlin.nativerunner.chain.OperatorChain;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.exchange.Backpressure;
import io.purlin.nativerunner.exchange.Channel;
import io.purlin.nativerunner.exchange.ExchangeWriter;
import io.purlin.nativerunner.exchange.InputGate;
import io.purlin.nativerunner.exchange.Partitioner;
import io.purlin.nativerunner.exchange.Signal;
import io.purlin.nativerunner.graph.Edge;
import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.graph.Vertex.ChainHint;
import io.purlin.nativerunner.metrics.JobMetrics;
import io.purlin.nativerunner.metrics.TaskMetrics;
import io.purlin.nativerunner.operator.NoOpOperator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.plan.ExchangePlan;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.source.EmptySourceFactory;
import io.purlin.nativerunner.source.SourceReader;
import io.purlin.nativerunner.time.ManualClock;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.state.LiveTable;
import io.purlin.state.SnapshotSink;
import io.purlin.state.StateMemory;
import io.purlin.state.TableSpec;
import io.purlin.state.cold.ColdAccesses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.jspecify.annotations.Nullable;

/** A task that reads and one that receives, connected, and stepped by hand. */
final class TwoTasks {
  static final int CREDITS = 2;
  static final int BATCH_ELEMENTS = 4;
  static final int MAX_BUNDLE = 3;

  /** Wakes both. */
  final Signal signal = new Signal();

  /** From the one that reads to the one that receives. */
  final Channel channel = new Channel(CREDITS, BATCH_ELEMENTS, signal, signal);

  /** What became of bundles. */
  final List<String> log = new ArrayList<>();

  final List<Object> received = new ArrayList<>();

  /** The seat of a task that is made from now on; null in a job without checkpoints. */
  @Nullable CheckpointSeat seat;

  /** Whether the one that receives stands still at each element. */
  boolean standsStill;

  private final ManualClock clock = new ManualClock(0);
  private final JobMetrics metrics = new JobMetrics(List.of("read", "receive"));
  private final CurrentElement sending = new CurrentElement();
  private final CurrentElement receiving = new CurrentElement();
  private final Standstill standstill = new Standstill();

  /** What the one that reads counts. */
  final TaskMetrics sent = metrics.task(sending);

  /** What the one that receives counts. */
  final TaskMetrics taken = metrics.task(receiving);

  /** State of the one that receives. */
  final LiveTable<GlobalWindow, HeldCell> held =
      new LiveTable<>(
          new TableSpec<>(
              "receive/held", VarLongCoder.of(), GlobalWindow.Coder.INSTANCE, 128, HeldCell.TYPE));

  /** Sends the numbers below a bound. */
  Task sender(int count) {
    return sender(new Numbers(count));
  }

  /** Sends these numbers. */
  Task sender(Numbers numbers) {
    Vertex source = new Vertex.Source(0, "read", new EmptySourceFactory(), false, ChainHint.NONE);
    return sender(numbers, new ChainPlan(0, 1, List.of(source), List.of()));
  }

  /** Sends what a chain makes of these numbers. */
  Task sender(Numbers numbers, ChainPlan plan) {
    int last = plan.members().size() - 1;
    Edge edge = new Edge(last, 0, last + 1, Partitioning.FORWARD);
    ExchangeWriter writer =
        new ExchangeWriter(
            sending, Partitioner.to(0), List.of(channel), Backpressure.overflowing(), 10);
    OperatorChain chain =
        new OperatorChain(
            plan,
            services(sending, new Standstill()),
            List.of(new ExchangePlan(0, edge, 0, 1, Partitioning.FORWARD, "test")),
            exchange -> new WriterExit(writer));
    return new Task(
        new Task.Name("read", 0, 1),
        TaskInput.of(numbers, sending),
        chain,
        wiring(List.of(writer), sent),
        TaskStart.FRESH);
  }

  /** Receives what is sent. */
  Task receiver() {
    Vertex step = new Vertex.Step(1, "receive", Sink::new, null, ChainHint.NONE);
    receiving.step(1);
    OperatorChain chain =
        new OperatorChain(
            new ChainPlan(1, 1, List.of(step), List.of()),
            services(receiving, standstill),
            List.of(),
            exchange -> {
              throw new AssertionError("nothing leaves");
            });
    Task task =
        new Task(
            new Task.Name("receive", 0, 1),
            TaskInput.of(new InputGate(List.of(channel)), receiving, clock),
            chain,
            wiring(List.of(), taken),
            TaskStart.FRESH);
    standstill.first(task::answerBeforeWaiting);
    return task;
  }

  private ChainServices services(CurrentElement current, Standstill standing) {
    return new ChainServices(
        0,
        128,
        current,
        clock,
        new SideInputStore(List.of()),
        PipelineOptionsFactory.create(),
        seat != null,
        StateMemory.unlimited(),
        standing);
  }

  private TaskWiring wiring(List<ExchangeWriter> writers, TaskMetrics counted) {
    return new TaskWiring(
        writers,
        counted,
        clock,
        new TaskLimits(MAX_BUNDLE, 1_000, 10, 0),
        signal,
        seat,
        new ColdAccesses());
  }

  private record WriterExit(ExchangeWriter writer) implements Exit {
    @Override
    public void receive(@Nullable Object value) {
      writer.receive(value);
    }

    @Override
    public void watermark(long millis) {
      writer.watermark(millis);
    }
  }

  /** Emits the numbers below a bound. */
  static final class Numbers implements SourceReader {
    private final int count;
    int next;

    Numbers(int count) {
      this.count = count;
    }

    @Override
    public void open() {}

    @Override
    public Status poll(Receiver receiver, CurrentElement current, int maxElements) {
      for (int i = 0; i < maxElements && next < count; i++) {
        current.timestampMillis(next);
        receiver.receive(next++);
      }
      return next < count ? Status.MORE : Status.DONE;
    }

    @Override
    public List<byte[]> positions() {
      return List.of(new byte[] {(byte) next});
    }

    @Override
    public long watermarkMillis() {
      return BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
    }

    @Override
    public void close() {}
  }

  /** Keeps what it is given and logs bundles. */
  private final class Sink extends NoOpOperator {
    private final OperatorContext context;

    Sink(OperatorContext context) {
      this.context = context;
    }

    @Override
    public void startBundle() {
      log.add("start");
    }

    @Override
    public void receive(@Nullable Object value) {
      log.add("element");
      if (standsStill) {
        context.standstill().begins();
      }
      received.add(requireNonNull(value));
    }

    @Override
    public void snapshot(SnapshotSink sink) throws IOException {
      if (held.cellCount() > 0) {
        held.writeTo(sink);
      }
    }

    @Override
    public void advanceWatermark(long inputMillis) {
      context.outputs().watermark(inputMillis);
    }
  }
}
