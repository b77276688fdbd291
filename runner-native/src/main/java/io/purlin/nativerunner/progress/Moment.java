package io.purlin.nativerunner.progress;

import io.purlin.nativerunner.view.EdgeView;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.Rates;
import io.purlin.nativerunner.view.SubtaskView;
import io.purlin.nativerunner.view.VertexView;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A job at one moment, and how fast it has been in the last seconds.
 *
 * @param view the job
 * @param rates what its tasks have done
 * @param leftMillis until its sources have been read; {@link JobView#UNKNOWN} when nobody knows
 */
record Moment(JobView view, Rates rates, long leftMillis) {
  /** Records of some chains. */
  record Flow(long records, double perSecond) {}

  /** What sources have read. */
  Flow read() {
    return taken(sources());
  }

  /** What has come to the chains behind which there is none. */
  Flow arrived() {
    Set<String> sending =
        view.edges().stream().map(EdgeView::from).collect(Collectors.toUnmodifiableSet());
    return taken(vertex -> !sending.contains(vertex.id()));
  }

  /** What all chains have taken in that read no source. */
  Flow passedOn() {
    return taken(sources().negate());
  }

  private Predicate<VertexView> sources() {
    Set<String> receiving =
        view.edges().stream().map(EdgeView::to).collect(Collectors.toUnmodifiableSet());
    return vertex -> !receiving.contains(vertex.id());
  }

  private Flow taken(Predicate<VertexView> which) {
    List<VertexView> chosen = view.vertices().stream().filter(which).toList();
    long records =
        chosen.stream()
            .flatMap(vertex -> vertex.subtasks().stream())
            .map(SubtaskView::counts)
            .mapToLong(SubtaskView.Counts::recordsIn)
            .sum();
    double perSecond =
        chosen.stream()
            .flatMap(vertex -> rates.of(vertex.id()).stream())
            .mapToDouble(Rates.Rate::recordsIn)
            .sum();
    return new Flow(records, perSecond);
  }

  /** Milliseconds since the job was started, or that it has taken. */
  long upMillis() {
    return view.durationMillis();
  }

  /** How often it has begun again. */
  int restarts() {
    return Math.max(0, view.attempts() - 1);
  }
}
