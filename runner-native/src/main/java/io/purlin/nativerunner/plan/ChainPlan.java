package io.purlin.nativerunner.plan;

import io.purlin.nativerunner.graph.Edge;
import io.purlin.nativerunner.graph.Vertex;
import java.util.List;

/**
 * Vertices that run as one task, once for each of {@code parallelism}.
 *
 * @param id index in the plan, topological
 * @param parallelism number of parallel tasks
 * @param members in topological order; the first is the head, where elements come in
 * @param edges the edges inside the chain
 */
public record ChainPlan(int id, int parallelism, List<Vertex> members, List<Edge> edges) {
  public ChainPlan {
    members = List.copyOf(members);
    edges = List.copyOf(edges);
  }

  /** The same with what one attempt to run it makes its operators with. */
  ChainPlan forAttempt() {
    return new ChainPlan(id, parallelism, members.stream().map(Vertex::forAttempt).toList(), edges);
  }

  /** The first member: a source, or the step that reads the chain's exchanges. */
  public Vertex head() {
    return members.get(0);
  }
}
