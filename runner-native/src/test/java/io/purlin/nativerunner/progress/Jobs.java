package io.purlin.nativerunner.progress;

import io.purlin.nativerunner.view.CheckpointView;
import io.purlin.nativerunner.view.CheckpointsView;
import io.purlin.nativerunner.view.EdgeView;
import io.purlin.nativerunner.view.FailureView;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.StateView;
import io.purlin.nativerunner.view.SubtaskView;
import io.purlin.nativerunner.view.VertexView;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/** Views of a job as a test wants them: chains one behind the other, started at time 0. */
final class Jobs {
  static final long BEGINNING = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final long nowMillis;
  private final List<VertexView> vertices = new ArrayList<>();
  private final List<FailureView> failures = new ArrayList<>();
  private JobView.Status status = JobView.Status.RUNNING;
  private CheckpointsView checkpoints = CheckpointsView.NONE;
  private String name = "orders";
  private int attempts = 1;
  private double consumed = JobView.UNKNOWN;

  private Jobs(long nowMillis) {
    this.nowMillis = nowMillis;
  }

  static Jobs at(long nowMillis) {
    return new Jobs(nowMillis);
  }

  Jobs name(String value) {
    name = value;
    return this;
  }

  Jobs status(JobView.Status value) {
    status = value;
    return this;
  }

  Jobs attempts(int value) {
    attempts = value;
    return this;
  }

  Jobs consumed(double value) {
    consumed = value;
    return this;
  }

  /** A chain of tasks that do the same. */
  Jobs chain(String chain, SubtaskView... tasks) {
    vertices.add(
        new VertexView("v" + vertices.size(), chain, tasks.length, List.of(), List.of(tasks)));
    return this;
  }

  Jobs checkpoints(int completed, int failed, CheckpointView... newestFirst) {
    checkpoints =
        new CheckpointsView(
            true, 1_000, 60_000, completed, failed, 0, JobView.UNKNOWN, List.of(newestFirst));
    return this;
  }

  Jobs failure(long atMillis, String task, String exception) {
    failures.add(
        new FailureView(
            atMillis,
            task,
            exception,
            exception
                + ": no\n\tat A.b\nCaused by: java.io.EOFException: password=canary\n\t... 1 more"));
    return this;
  }

  JobView view() {
    List<EdgeView> edges = new ArrayList<>();
    for (int i = 1; i < vertices.size(); i++) {
      edges.add(new EdgeView("v" + (i - 1), "v" + i, "keyed", ""));
    }
    return new JobView(
        JobView.idOf(name),
        name,
        status,
        0,
        status.isTerminal() ? nowMillis : JobView.UNKNOWN,
        nowMillis,
        128,
        attempts,
        vertices,
        edges,
        checkpoints,
        failures,
        StateView.NONE,
        List.of(),
        consumed);
  }

  /** The job at this one moment: its rates are those since its start. */
  Moment moment() {
    return new Pace().at(view());
  }

  /**
   * A task.
   *
   * @param times milliseconds: busy, back-pressured, idle
   */
  static SubtaskView task(long in, long out, long watermark, long... times) {
    SubtaskView.Pool none = new SubtaskView.Pool(0, 0, 0);
    return new SubtaskView(
        0,
        SubtaskView.Status.RUNNING,
        0,
        JobView.UNKNOWN,
        new SubtaskView.Counts(in, out, 0, 0),
        new SubtaskView.Times(times[2], times[1], times[0], 0),
        none,
        none,
        watermark,
        watermark,
        0,
        0,
        0);
  }

  static CheckpointView checkpoint(
      long number, CheckpointView.Status outcome, long triggerMillis, long endMillis, long bytes) {
    return new CheckpointView(
        number, outcome, false, triggerMillis, endMillis, endMillis, 1, 1, bytes, 0, "");
  }
}
