package io.purlin.nativerunner.graph;

import java.util.List;

/**
 * A pipeline as vertices and edges.
 *
 * @param vertices in topological order; a vertex's id is its index
 * @param edges in the order of their consumers
 */
public record LogicalGraph(List<Vertex> vertices, List<Edge> edges) {
  public LogicalGraph {
    vertices = List.copyOf(vertices);
    edges = List.copyOf(edges);
    for (int i = 0; i < vertices.size(); i++) {
      if (vertices.get(i).id() != i) {
        throw new IllegalArgumentException("vertex " + vertices.get(i).name() + " is out of order");
      }
    }
  }

  /** The edges that end at a vertex. */
  public List<Edge> into(int vertex) {
    return edges.stream().filter(e -> e.to() == vertex).toList();
  }

  /** The edges that start at a vertex. */
  public List<Edge> outOf(int vertex) {
    return edges.stream().filter(e -> e.from() == vertex).toList();
  }
}
