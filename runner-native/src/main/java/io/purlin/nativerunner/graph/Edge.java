package io.purlin.nativerunner.graph;

/**
 * A connection of two vertices.
 *
 * @param from id of the producing vertex
 * @param output which of the producer's outputs, 0 being the main one
 * @param to id of the consuming vertex; larger than {@code from}
 * @param partitioning how elements are spread over the consumer's tasks
 */
public record Edge(int from, int output, int to, Partitioning partitioning) {
  public Edge {
    if (from >= to) {
      throw new IllegalArgumentException("edge " + from + " -> " + to + " is against the order");
    }
  }
}
