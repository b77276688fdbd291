package io.purlin.nativerunner.progress;

import io.purlin.nativerunner.view.Rates.Rate;
import io.purlin.nativerunner.view.SubtaskView;
import io.purlin.nativerunner.view.VertexView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What the tasks of a chain do together. Parts of the time are in percent.
 *
 * @param name the names of its steps
 * @param tasks how many
 * @param in records it takes in, a second
 * @param out records it sends to other chains, a second
 * @param busy of the mean task
 * @param waits of the mean task, for chains behind it
 * @param idle of the mean task
 * @param busiest how busy the busiest task is
 * @param lag of what its tasks have passed on
 */
record Chain(
    String name,
    int tasks,
    double in,
    double out,
    double busy,
    double waits,
    double idle,
    double busiest,
    Lag lag) {
  /** A millisecond a second is a tenth of a percent. */
  private static final double PERCENT = 0.1;

  /** Less than this is no work. */
  private static final double NOTHING = 0.5;

  static List<Chain> all(Moment moment) {
    return moment.view().vertices().stream().map(vertex -> of(vertex, moment)).toList();
  }

  private static Chain of(VertexView vertex, Moment moment) {
    List<Rate> rates = moment.rates().of(vertex.id());
    long watermark =
        vertex.subtasks().stream()
            .mapToLong(SubtaskView::outputWatermarkMillis)
            .min()
            .orElse(Long.MIN_VALUE);
    return new Chain(
        vertex.name(),
        vertex.parallelism(),
        rates.stream().mapToDouble(Rate::recordsIn).sum(),
        rates.stream().mapToDouble(Rate::recordsOut).sum(),
        mean(rates, Rate::busy),
        mean(rates, Rate::backpressured),
        mean(rates, Rate::idle),
        rates.stream().mapToDouble(Rate::busy).max().orElse(0) * PERCENT,
        Lag.of(watermark, moment.view().nowMillis()));
  }

  private static double mean(List<Rate> rates, ToDoubleFunction<Rate> of) {
    return rates.stream().mapToDouble(of).average().orElse(0) * PERCENT;
  }

  /** The chain with the busiest task; none when all are idle. */
  static Optional<Chain> busiest(List<Chain> chains) {
    return chains.stream()
        .max(Comparator.comparingDouble(Chain::busiest))
        .filter(chain -> chain.busiest >= NOTHING);
  }
}
