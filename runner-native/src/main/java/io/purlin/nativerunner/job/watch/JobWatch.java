package io.purlin.nativerunner.job.watch;

import io.purlin.nativerunner.checkpoint.CheckpointSettings;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.plan.ExchangePlan;
import io.purlin.nativerunner.plan.ExecutionPlan;
import io.purlin.nativerunner.plan.PlanPrinter;
import io.purlin.nativerunner.sink.JobSinks;
import io.purlin.nativerunner.time.Clock;
import io.purlin.nativerunner.view.EdgeView;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.StateView;
import io.purlin.nativerunner.view.StepView;
import io.purlin.nativerunner.view.VertexView;
import io.purlin.state.StateMemory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows a job to whoever asks: what it is made of, and where the figures of its attempt stand.
 *
 * <p>The job's thread tells what happens, any thread may ask for a view. Lives as long as somebody
 * asks; once the job has ended it keeps a last view and none of the job's parts.
 */
public final class JobWatch {
  private static final AttemptWatch NOBODY = new AttemptWatch(StateMemory.unlimited());

  /**
   * What does not change.
   *
   * @param name the job's name
   * @param plan what runs
   * @param maxParallelism number of key groups
   * @param checkpoints when checkpoints are taken; null: never
   */
  public record Frame(
      String name,
      ExecutionPlan plan,
      int maxParallelism,
      @Nullable CheckpointSettings checkpoints) {}

  private final Frame frame;
  private final JobSinks sinks;
  private final Clock clock;
  private final long startMillis;
  private final List<EdgeView> edges;
  private final CheckpointLog checkpoints = new CheckpointLog();
  private final FailureLog failures = new FailureLog();
  private final Object lock = new Object();
  private AttemptWatch attempt = NOBODY;
  private int attempts;
  private @Nullable JobView last;

  /**
   * Shows a job that is about to be wired.
   *
   * @param sinks of all its attempts
   */
  public JobWatch(Frame frame, JobSinks sinks, Clock clock) {
    this.frame = frame;
    this.sinks = sinks;
    this.clock = clock;
    this.startMillis = clock.millis();
    this.edges = frame.plan.exchanges().stream().map(this::edge).toList();
  }

  private EdgeView edge(ExchangePlan exchange) {
    return new EdgeView(
        idOf(frame.plan.chains().get(exchange.fromChain())),
        idOf(frame.plan.chains().get(exchange.toChain())),
        PlanPrinter.name(exchange.partitioning()),
        exchange.reason());
  }

  private static String idOf(ChainPlan chain) {
    return JobView.idOf(chain.head().name());
  }

  /** Where checkpoints are noted. */
  public CheckpointLog checkpoints() {
    return checkpoints;
  }

  /** The parts of an attempt are wired; it runs next. */
  public void wired(AttemptWatch next) {
    synchronized (lock) {
      attempt = next;
      attempts++;
    }
    checkpoints.of(next::checkpointMillis);
  }

  /**
   * An attempt has failed, or could not begin.
   *
   * @param task the task that has failed; empty for none
   */
  public void failed(String task, Throwable failure) {
    failures.add(task, failure, clock.millis());
    checkpoints.givenUp("the job has failed", clock.millis());
  }

  /** The job is over: no part of it is kept. */
  public void over(JobView.Status status) {
    JobView end;
    try {
      checkpoints.givenUp("the job has ended", clock.millis());
      end = make(status, clock.millis());
    } catch (OutOfMemoryError full) {
      // What fills the heap is of the attempt that has ended, which this alone still shows.
      letGo();
      end = make(status, clock.millis());
    }
    synchronized (lock) {
      last = end;
    }
    letGo();
  }

  private void letGo() {
    synchronized (lock) {
      attempt = NOBODY;
    }
    checkpoints.of(() -> new long[0]);
  }

  /**
   * The job as it stands.
   *
   * @param status where it does
   */
  public JobView view(JobView.Status status) {
    @Nullable JobView end;
    synchronized (lock) {
      end = last;
    }
    return end != null ? end : make(status, JobView.UNKNOWN);
  }

  private JobView make(JobView.Status status, long endMillis) {
    AttemptWatch now;
    int begun;
    synchronized (lock) {
      now = attempt;
      begun = attempts;
    }
    long nowMillis = clock.millis();
    List<VertexView> vertices = new ArrayList<>();
    for (ChainPlan chain : frame.plan.chains()) {
      vertices.add(vertex(chain, now, nowMillis));
    }
    return new JobView(
        JobView.idOf(frame.name),
        frame.name,
        status,
        startMillis,
        endMillis,
        nowMillis,
        frame.maxParallelism,
        begun,
        vertices,
        edges,
        checkpoints.view(frame.checkpoints),
        failures.all(),
        status.isTerminal() ? StateView.NONE : now.state(),
        status.isTerminal() ? List.of() : sinks.openTransactions(),
        now.consumed());
  }

  private static VertexView vertex(ChainPlan chain, AttemptWatch now, long nowMillis) {
    List<StepView> steps = new ArrayList<>();
    for (Vertex member : chain.members()) {
      steps.add(
          new StepView(
              member.name(), PlanPrinter.note(member), now.watermark(chain.id(), steps.size())));
    }
    return new VertexView(
        idOf(chain),
        PlanPrinter.names(chain),
        chain.parallelism(),
        steps,
        now.subtasks(chain.id(), nowMillis));
  }
}
