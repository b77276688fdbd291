package io.purlin.benchmarks.growth;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.growth.Line.Point;
import io.purlin.benchmarks.side.SideProcess;
import io.purlin.pipelines.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the cost of an element grows in one dimension, against its bar. All sizes run in one process;
 * a round goes up and down through them, so that what changes steadily with time, such as code that
 * becomes compiled, does not tilt the line. The figure is by what ten times the size multiplies the
 * cost: 10 to the power of the slope, since a slope may be 0 or less.
 *
 * @param dimension what grows
 * @param largest sizes above it are left out
 * @param elements that each run has at least
 */
public record GrowthComparison(Dimension dimension, long largest, long elements)
    implements Benchmark {
  private static final Path TARGET = Path.of("benchmarks/target");
  private static final int WARM_UPS = 2;
  private static final String NO_BROKER = "-";

  /** All dimensions that have two sizes to grow between. */
  public static List<Benchmark> all(long largest, long elements) {
    return Stream.of(Dimension.values())
        .filter(dimension -> dimension.sizes(largest).size() > 1)
        .<Benchmark>map(dimension -> new GrowthComparison(dimension, largest, elements))
        .toList();
  }

  @Override
  public String name() {
    return "growth-" + dimension;
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException {
    List<Long> sizes = dimension.sizes(largest);
    if (sizes.size() < 2) {
      throw new IllegalArgumentException(
          name() + " has not two sizes up to " + largest + " to grow between");
    }
    List<Double> factors = new ArrayList<>();
    List<Double> slopes = new ArrayList<>();
    try (@Nullable EmbeddedBroker broker = dimension.readsTopics() ? EmbeddedBroker.start() : null;
        SideProcess process = start(broker == null ? NO_BROKER : broker.bootstrapServers())) {
      for (int i = 0; i < WARM_UPS; i++) {
        ask(process, sizes.get(0));
      }
      for (int i = 0; i < rounds; i++) {
        List<Point> points = round(process, sizes);
        Line line = Line.through(points);
        factors.add(line.factor());
        slopes.add(line.slope());
        print(points, line);
      }
    }
    return List.of(
        Comparison.withBar(
            name(),
            "x for 10x",
            factors,
            Line.factor(dimension.bar()),
            String.format(
                Locale.ROOT,
                "a slope of %.2f; measured %s",
                dimension.bar(),
                slopes.stream().map(each -> String.format(Locale.ROOT, "%.2f", each)).toList())));
  }

  private SideProcess start(String servers) throws IOException {
    return new SideProcess(
        System.getProperty("java.class.path"),
        GrowthProgram.class,
        List.of(
            dimension.name(),
            TARGET.resolve("growth-checkpoints").toAbsolutePath().toString(),
            servers,
            "--runner=NativeRunner"),
        TARGET.resolve("logs").resolve(name() + ".log"));
  }

  private List<Point> round(SideProcess process, List<Long> sizes) throws IOException {
    List<Point> points = new ArrayList<>(pass(process, sizes));
    List<Long> down = new ArrayList<>(sizes);
    Collections.reverse(down);
    points.addAll(pass(process, down));
    return points;
  }

  private List<Point> pass(SideProcess process, List<Long> sizes) throws IOException {
    double base = dimension.hasBase() ? ask(process, 0) : 0;
    List<Point> points = new ArrayList<>();
    for (long size : sizes) {
      double cost = ask(process, size) - base;
      if (!(cost > 0)) {
        throw new IllegalStateException(
            name() + " " + size + " costs no more than size 0: the machine is too busy to measure");
      }
      points.add(new Point(size, dimension.hasBase() ? cost / size : cost));
    }
    return points;
  }

  /** Nanoseconds of an element. */
  private double ask(SideProcess process, long size) throws IOException {
    long[] figures = process.ask(size + " " + elements);
    return (double) figures[dimension.countsProcessorTime() ? 1 : 0] / figures[2];
  }

  private void print(List<Point> points, Line line) {
    Map<Double, List<String>> costs = new TreeMap<>();
    for (Point each : points) {
      costs
          .computeIfAbsent(each.size(), size -> new ArrayList<>())
          .add(String.format(Locale.ROOT, "%.1f", each.cost()));
    }
    List<String> texts = new ArrayList<>();
    costs.forEach(
        (size, both) -> texts.add(String.format(Locale.ROOT, "%.0f: ", size) + both + " ns"));
    System.out.println(
        String.format(
            Locale.ROOT,
            "  %s, up and down: %s; slope %.3f",
            name(),
            String.join(", ", texts),
            line.slope()));
  }
}
