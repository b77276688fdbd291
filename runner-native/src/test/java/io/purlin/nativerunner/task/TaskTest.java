package io.purlin.nativerunner.task;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.purlin.nativerunner.metrics.TaskCounters;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task that reads and one that receives, stepped by hand. */
class TaskTest {
  private static final int CREDITS = 2;
  private static final int BATCH_ELEMENTS = 4;
  private static final int MAX_BUNDLE = 3;

  private final ManualClock clock = new ManualClock(0);
  private final JobMetrics metrics = new JobMetrics(List.of("read", "receive"));
  private final Signal signal = new Signal();
  private final Channel channel = new Channel(CREDITS, BATCH_ELEMENTS, signal, signal);
  private final List<String> log = new ArrayList<>();
  private final List<Object> received = new ArrayList<>();
  private final CurrentElement sending = new CurrentElement();
  private final CurrentElement receiving = new CurrentElement();
  private final TaskMetrics sent = metrics.task(sending);
  private final TaskMetrics taken = metrics.task(receiving);
  private @Nullable CheckpointSeat seat;
  private final Standstill standstill = new Standstill();
  private boolean standsStill;
  private final LiveTable<GlobalWindow, HeldCell> held =
      new LiveTable<>(
          new TableSpec<>(
              "receive/held", VarLongCoder.of(), GlobalWindow.Coder.INSTANCE, 128, HeldCell.TYPE));

  @Test
  void everythingArrivesInOrderAndIsCounted() throws Exception {
    Task sender = sender(100);
    Task receiver = receiver();
    sender.open();
    receiver.open();
    boolean sending = true;
    Progress receiving = Progress.MADE;
    while (receiving != Progress.DONE) {
      sending = sending && sender.step() != Progress.DONE;
      receiving = receiver.step();
    }
    sender.close();
    receiver.close();

    List<Object> numbers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      numbers.add(i);
    }
    assertThat(received).isEqualTo(numbers);
    assertThat(sent.counters().get(TaskCounters.Name.RECORDS_IN)).isEqualTo(100);
    assertThat(sent.counters().get(TaskCounters.Name.RECORDS_OUT)).isEqualTo(100);
    assertThat(taken.counters().get(TaskCounters.Name.RECORDS_IN)).isEqualTo(100);
    assertThat(taken.counters().get(TaskCounters.Name.BATCHES_IN))
        .isEqualTo(sent.counters().get(TaskCounters.Name.BATCHES_OUT))
        .isGreaterThanOrEqualTo(100 / BATCH_ELEMENTS);
    assertThat(channel.freeCredits()).isEqualTo(CREDITS);
  }

  @Test
  void noBundleIsLargerThanItMayBeThoughBatchesAre() throws Exception {
    Task sender = sender(20);
    Task receiver = receiver();
    sender.open();
    receiver.open();
    for (int i = 0; i < 50; i++) {
      sender.step();
      receiver.step();
    }

    int size = 0;
    for (String entry : log) {
      size = entry.equals("start") ? 0 : size + (entry.equals("element") ? 1 : 0);
      assertThat(size).isLessThanOrEqualTo(MAX_BUNDLE);
    }
    assertThat(received).hasSize(20);
  }

  @Test
  void withoutCreditATaskTakesNoNewInput() throws Exception {
    Task sender = sender(1_000);
    sender.open();
    Progress last = Progress.MADE;
    for (int i = 0; i < 50; i++) {
      last = sender.step();
    }

    assertThat(last).isEqualTo(Progress.NONE);
    // What found no credit in the step that ran out of them waits, and nothing else is read.
    assertThat(sent.counters().get(TaskCounters.Name.RECORDS_IN))
        .isBetween((long) CREDITS * BATCH_ELEMENTS, (long) CREDITS * BATCH_ELEMENTS + MAX_BUNDLE);
  }

  @Test
  void aTaskThatIsClosedInTheMiddleGivesItsCreditsBack() throws Exception {
    Task sender = sender(1_000);
    Task receiver = receiver();
    sender.open();
    receiver.open();
    for (int i = 0; i < 10; i++) {
      sender.step();
    }
    receiver.step();
    assertThat(channel.freeCredits()).isLessThan(CREDITS);

    receiver.close();
    sender.close();

    assertThat(channel.freeCredits()).isEqualTo(CREDITS);
  }

  /** What was answered at the seat of one task. */
  private static final class Answered implements CheckpointSeat.Answers {
    private final Supplier<Object> state;
    private final Map<Long, Object> snapshots = new HashMap<>();
    private boolean ended;

    Answered(Supplier<Object> state) {
      this.state = state;
    }

    @Override
    public void snapshot(long checkpoint, TaskSnapshot part) {
      assertThat(snapshots.put(checkpoint, state.get())).as("asked twice").isNull();
    }

    @Override
    public void ended(Task task) {
      ended = true;
    }
  }

  @Test
  void bothTasksAnswerACheckpointForTheSameElements() throws Exception {
    Numbers numbers = new Numbers(100);
    Answered atSender = new Answered(() -> numbers.next);
    CheckpointSeat senderSeat = new CheckpointSeat(atSender, signal);
    seat = senderSeat;
    Task sender = sender(numbers);
    Answered atReceiver = new Answered(received::size);
    CheckpointSeat receiverSeat = new CheckpointSeat(atReceiver, signal);
    seat = receiverSeat;
    Task receiver = receiver();
    sender.open();
    receiver.open();
    Random random = new Random(5);
    long checkpoint = 0;
    while (!(atSender.ended && atReceiver.ended)) {
      boolean over =
          atSender.snapshots.size() == checkpoint && atReceiver.snapshots.size() == checkpoint;
      if (over) {
        // A task that has passed a barrier tells of its end only when that checkpoint is committed.
        senderSeat.commit(checkpoint);
        receiverSeat.commit(checkpoint);
      }
      if (over && random.nextInt(6) == 0) {
        checkpoint++;
        senderSeat.request(checkpoint);
        receiverSeat.request(checkpoint);
      }
      Task stepped = random.nextBoolean() ? sender : receiver;
      assertThat(stepped.step())
          .as("tasks wait for the last checkpoint")
          .isNotEqualTo(Progress.DONE);
    }
    for (int i = 0; i < 5; i++) {
      sender.step();
      receiver.step();
    }
    senderSeat.request(checkpoint + 1);
    receiverSeat.request(checkpoint + 1);
    sender.step();
    receiver.step();

    assertThat(atReceiver.snapshots).hasSizeGreaterThan(5).isEqualTo(atSender.snapshots);
    assertThat(atReceiver.snapshots).containsEntry(checkpoint + 1, 100);
    senderSeat.commitLast(checkpoint + 1);
    receiverSeat.commitLast(checkpoint + 1);
    assertThat(sender.step()).isEqualTo(Progress.DONE);
    assertThat(receiver.step()).isEqualTo(Progress.DONE);
  }

  /** Else a sink would wait for a checkpoint that waits for those whom the sink holds up. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTaskAnswersBeforeItStandsStill(boolean stands) throws Exception {
    for (long key = 0; key < 5_000; key++) {
      held.cell(GlobalWindow.INSTANCE, key).touch();
    }
    Answered atSender = new Answered(() -> "sent");
    CheckpointSeat senderSeat = new CheckpointSeat(atSender, signal);
    seat = senderSeat;
    Task sender = sender(100);
    Answered atReceiver = new Answered(() -> "received");
    CheckpointSeat receiverSeat = new CheckpointSeat(atReceiver, signal);
    seat = receiverSeat;
    Task receiver = receiver();
    sender.open();
    receiver.open();
    senderSeat.request(1);
    receiverSeat.request(1);
    for (int i = 0; i < 100 && receiver.passedCheckpoint() != 1; i++) {
      sender.step();
      receiver.step();
    }

    assertThat(receiver.passedCheckpoint()).isEqualTo(1);
    assertThat(atReceiver.snapshots).as("too much for one step").doesNotContainKey(1L);
    standsStill = stands;
    sender.step();
    receiver.step();
    assertThat(atReceiver.snapshots.containsKey(1L)).isEqualTo(stands);
    for (int i = 0; i < 100; i++) {
      receiver.step();
    }
    assertThat(atReceiver.snapshots).containsKey(1L);
  }

  /** What fires at a watermark may take long; the next task must be able to go on meanwhile. */
  @Test
  void whatABundleEmitsAtItsEndIsOnItsWayBeforeTheWatermarkPasses() throws Exception {
    Vertex source = new Vertex.Source(0, "read", new EmptySourceFactory(), false, ChainHint.NONE);
    Vertex step = new Vertex.Step(1, "buffer", Buffering::new, null, ChainHint.NONE);
    Task task =
        sender(
            new Numbers(1),
            new ChainPlan(
                0, 1, List.of(source, step), List.of(new Edge(0, 0, 1, Partitioning.FORWARD))));
    task.open();
    for (int i = 0; i < 3; i++) {
      task.step();
    }

    assertThat(log).containsExactly("1 queued at the watermark");
  }

  private Task sender(int count) {
    return sender(new Numbers(count));
  }

  private Task sender(Numbers numbers) {
    Vertex source = new Vertex.Source(0, "read", new EmptySourceFactory(), false, ChainHint.NONE);
    return sender(numbers, new ChainPlan(0, 1, List.of(source), List.of()));
  }

  private Task sender(Numbers numbers, ChainPlan plan) {
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

  private Task receiver() {
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
  private static final class Numbers implements SourceReader {
    private final int count;
    private int next;

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

  /** Emits when its bundle ends, and logs what is on its way at a watermark. */
  private final class Buffering extends NoOpOperator {
    private final OperatorContext context;
    private final List<Object> buffer = new ArrayList<>();

    Buffering(OperatorContext context) {
      this.context = context;
    }

    @Override
    public void receive(@Nullable Object value) {
      buffer.add(requireNonNull(value));
    }

    @Override
    public void finishBundle() {
      buffer.forEach(context.outputs().receiver(0)::receive);
      buffer.clear();
    }

    @Override
    public void advanceWatermark(long inputMillis) {
      if (inputMillis > BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis()) {
        log.add(channel.queued() + " queued at the watermark");
      }
      context.outputs().watermark(inputMillis);
    }
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
