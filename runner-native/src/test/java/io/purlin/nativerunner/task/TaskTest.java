package io.purlin.nativerunner.task;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.graph.Edge;
import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.graph.Vertex.ChainHint;
import io.purlin.nativerunner.metrics.TaskCounters;
import io.purlin.nativerunner.operator.NoOpOperator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.source.EmptySourceFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A task that reads and one that receives, stepped by hand. */
class TaskTest {
  private final TwoTasks tasks = new TwoTasks();

  @Test
  void everythingArrivesInOrderAndIsCounted() throws Exception {
    Task sender = tasks.sender(100);
    Task receiver = tasks.receiver();
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
    assertThat(tasks.received).isEqualTo(numbers);
    assertThat(tasks.sent.counters().get(TaskCounters.Name.RECORDS_IN)).isEqualTo(100);
    assertThat(tasks.sent.counters().get(TaskCounters.Name.RECORDS_OUT)).isEqualTo(100);
    assertThat(tasks.taken.counters().get(TaskCounters.Name.RECORDS_IN)).isEqualTo(100);
    assertThat(tasks.taken.counters().get(TaskCounters.Name.BATCHES_IN))
        .isEqualTo(tasks.sent.counters().get(TaskCounters.Name.BATCHES_OUT))
        .isGreaterThanOrEqualTo(100 / TwoTasks.BATCH_ELEMENTS);
    assertThat(tasks.channel.freeCredits()).isEqualTo(TwoTasks.CREDITS);
  }

  @Test
  void noBundleIsLargerThanItMayBeThoughBatchesAre() throws Exception {
    Task sender = tasks.sender(20);
    Task receiver = tasks.receiver();
    sender.open();
    receiver.open();
    for (int i = 0; i < 50; i++) {
      sender.step();
      receiver.step();
    }

    int size = 0;
    for (String entry : tasks.log) {
      size = entry.equals("start") ? 0 : size + (entry.equals("element") ? 1 : 0);
      assertThat(size).isLessThanOrEqualTo(TwoTasks.MAX_BUNDLE);
    }
    assertThat(tasks.received).hasSize(20);
  }

  @Test
  void withoutCreditATaskTakesNoNewInput() throws Exception {
    Task sender = tasks.sender(1_000);
    sender.open();
    Progress last = Progress.MADE;
    for (int i = 0; i < 50; i++) {
      last = sender.step();
    }

    assertThat(last).isEqualTo(Progress.NONE);
    // What found no credit in the step that ran out of them waits, and nothing else is read.
    assertThat(tasks.sent.counters().get(TaskCounters.Name.RECORDS_IN))
        .isBetween(
            (long) TwoTasks.CREDITS * TwoTasks.BATCH_ELEMENTS,
            (long) TwoTasks.CREDITS * TwoTasks.BATCH_ELEMENTS + TwoTasks.MAX_BUNDLE);
  }

  @Test
  void aTaskThatIsClosedInTheMiddleGivesItsCreditsBack() throws Exception {
    Task sender = tasks.sender(1_000);
    Task receiver = tasks.receiver();
    sender.open();
    receiver.open();
    for (int i = 0; i < 10; i++) {
      sender.step();
    }
    receiver.step();
    assertThat(tasks.channel.freeCredits()).isLessThan(TwoTasks.CREDITS);

    receiver.close();
    sender.close();

    assertThat(tasks.channel.freeCredits()).isEqualTo(TwoTasks.CREDITS);
  }

  /** What fires at a watermark may take long; the next task must be able to go on meanwhile. */
  @Test
  void whatABundleEmitsAtItsEndIsOnItsWayBeforeTheWatermarkPasses() throws Exception {
    Vertex source = new Vertex.Source(0, "read", new EmptySourceFactory(), false, ChainHint.NONE);
    Vertex step = new Vertex.Step(1, "buffer", Buffering::new, null, ChainHint.NONE);
    Task task =
        tasks.sender(
            new TwoTasks.Numbers(1),
            new ChainPlan(
                0, 1, List.of(source, step), List.of(new Edge(0, 0, 1, Partitioning.FORWARD))));
    task.open();
    for (int i = 0; i < 3; i++) {
      task.step();
    }

    assertThat(tasks.log).containsExactly("1 queued at the watermark");
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
        tasks.log.add(tasks.channel.queued() + " queued at the watermark");
      }
      context.outputs().watermark(inputMillis);
    }
  }
}
