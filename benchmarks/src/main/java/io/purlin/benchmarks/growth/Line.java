package io.purlin.benchmarks.growth;

import java.util.List;

/**
 * The straight line through points in logarithmic scales, by ordinary least squares: the one with
 * the least sum of squared vertical distances between log(cost) and the line. A slope of 0 is a
 * cost that does not grow, 1 one that grows in proportion, 2 one that grows with the square.
 *
 * @param slope growth of log(cost) with log(size)
 */
record Line(double slope) {
  /** A size and what an element costs there, both above zero. */
  record Point(double size, double cost) {}

  /**
   * Fits the line.
   *
   * @param points with two sizes at least; several of one size count as their geometric mean does
   * @throws IllegalArgumentException when no line goes through them
   */
  static Line through(List<Point> points) {
    double sizes = 0;
    double costs = 0;
    for (Point each : points) {
      if (!(each.size > 0 && each.cost > 0)) {
        throw new IllegalArgumentException(each + " has no logarithm");
      }
      sizes += Math.log(each.size);
      costs += Math.log(each.cost);
    }
    double meanSize = sizes / points.size();
    double meanCost = costs / points.size();
    double covariance = 0;
    double variance = 0;
    for (Point each : points) {
      double distance = Math.log(each.size) - meanSize;
      covariance += distance * (Math.log(each.cost) - meanCost);
      variance += distance * distance;
    }
    if (!(variance > 0)) {
      throw new IllegalArgumentException("one size alone has no slope: " + points);
    }
    return new Line(covariance / variance);
  }

  /** By what cost is multiplied when the size is ten times as large. */
  double factor() {
    return factor(slope);
  }

  /** The same for a slope. */
  static double factor(double slope) {
    return Math.pow(10, slope);
  }
}
