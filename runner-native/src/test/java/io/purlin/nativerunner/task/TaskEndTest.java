package io.purlin.nativerunner.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.chain.ChainServices;
import io.purlin.nativerunner.chain.OperatorChain;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.exchange.Signal;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.graph.Vertex.ChainHint;
import io.purlin.nativerunner.metrics.JobMetrics;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.source.EmptySourceFactory;
import io.purlin.nativerunner.source.SourceReader;
import io.purlin.nativerunner.time.ManualClock;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.state.StateMemory;
import io.purlin.state.cold.ColdAccesses;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.junit.jupiter.api.Test;

/** A task whose source has ended, and the job's last checkpoint. */
class TaskEndTest {
  private final ManualClock clock = new ManualClock(0);
  private final CurrentElement current = new CurrentElement();
  private final Signal signal = new Signal();
  private final Ended reader = new Ended();
  private final CheckpointSeat seat = new CheckpointSeat(new CommittedAtOnce(), signal);

  /** Else what the source read since the checkpoint before would never be acknowledged. */
  @Test
  void theSourceHearsOfALastCheckpointThatIsCommittedInTheMiddleOfAStep() throws Exception {
    Task task = task();
    task.open();
    seat.request(1);
    // Passes the barrier, which ends the step, then comes to its end, then waits for the commit.
    assertThat(task.step()).isEqualTo(Progress.MADE);
    assertThat(task.step()).isEqualTo(Progress.MADE);
    assertThat(task.step()).isEqualTo(Progress.NONE);
    seat.commit(1);
    Progress within = task.step();
    Progress last = task.step();
    task.close();

    assertThat(List.of(within, last)).containsExactly(Progress.MADE, Progress.DONE);
    assertThat(reader.takenAtCommit).as("positions taken when one is committed").isEqualTo(2);
  }

  /** Else a crew that steps tasks in turn would think that those behind it cannot move either. */
  @Test
  void tellingOthersOfItsEndIsProgress() throws Exception {
    Task task = task();
    task.open();
    seat.request(1);
    assertThat(task.step()).isEqualTo(Progress.MADE);
    assertThat(task.step()).as("comes to its end").isEqualTo(Progress.MADE);
    assertThat(task.step()).as("waits for the last checkpoint").isEqualTo(Progress.NONE);
    task.close();
  }

  private Task task() {
    Vertex source = new Vertex.Source(0, "read", new EmptySourceFactory(), false, ChainHint.NONE);
    ChainServices services =
        new ChainServices(
            0,
            128,
            current,
            clock,
            new SideInputStore(List.of()),
            PipelineOptionsFactory.create(),
            true,
            StateMemory.unlimited(),
            new Standstill());
    OperatorChain chain =
        new OperatorChain(
            new ChainPlan(0, 1, List.of(source), List.of()),
            services,
            List.of(),
            exchange -> {
              throw new AssertionError("nothing leaves");
            });
    TaskWiring wiring =
        new TaskWiring(
            List.of(),
            new JobMetrics(List.of("read")).task(current),
            clock,
            new TaskLimits(10, 1_000, 10, 0),
            signal,
            seat,
            new ColdAccesses());
    return new Task(
        new Task.Name("read", 0, 1), TaskInput.of(reader, current), chain, wiring, TaskStart.FRESH);
  }

  /** A job whose last checkpoint is committed as soon as its only task has ended. */
  private final class CommittedAtOnce implements CheckpointSeat.Answers {
    @Override
    public void snapshot(long checkpoint, TaskSnapshot part) {
      assertThat(checkpoint).isEqualTo(1);
    }

    @Override
    public void ended(Task task) throws Exception {
      task.endSnapshot();
      seat.commitLast(2);
    }
  }

  /** Has nothing to read; remembers how often positions were taken before the last commit. */
  private static final class Ended implements SourceReader {
    private int taken;
    private int takenAtCommit;

    @Override
    public void open() {}

    @Override
    public Status poll(Receiver receiver, CurrentElement current, int maxElements) {
      return Status.DONE;
    }

    @Override
    public List<byte[]> positions() {
      taken++;
      return List.of(new byte[] {(byte) taken});
    }

    @Override
    public void positionsCommitted() {
      takenAtCommit = taken;
    }

    @Override
    public long watermarkMillis() {
      return BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();
    }

    @Override
    public void close() {}
  }
}
