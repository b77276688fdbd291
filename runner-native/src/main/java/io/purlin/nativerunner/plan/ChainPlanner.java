package io.purlin.nativerunner.plan;

import io.purlin.nativerunner.graph.Edge;
import io.purlin.nativerunner.graph.LogicalGraph;
import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.graph.Vertex.ChainHint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which vertices run as one task.
 *
 * <p>A step joins the chain of its producers when all of them are in one chain and every edge to it
 * needs no exchange; otherwise it heads a chain of its own. An edge needs no exchange when its
 * elements stay where they are: it is a forward edge, or a keyed one whose elements are already
 * partitioned by that key, or both sides run as a single task. Used once, then dropped.
 */
public final class ChainPlanner {
  private final LogicalGraph graph;
  private final PlanOptions options;
  private final int[] chainOf;
  private final int[] parallelism;
  private final List<List<Vertex>> members = new ArrayList<>();
  private final List<ExchangePlan> exchanges = new ArrayList<>();

  private ChainPlanner(LogicalGraph graph, PlanOptions options) {
    this.graph = graph;
    this.options = options;
    this.chainOf = new int[graph.vertices().size()];
    this.parallelism = new int[graph.vertices().size()];
  }

  /** The plan of a graph. */
  public static ExecutionPlan plan(LogicalGraph graph, PlanOptions options) {
    return new ChainPlanner(graph, options).plan();
  }

  private ExecutionPlan plan() {
    for (Vertex vertex : graph.vertices()) {
      place(vertex);
    }
    List<ChainPlan> chains = new ArrayList<>();
    for (int id = 0; id < members.size(); id++) {
      int chain = id;
      List<Edge> inside =
          graph.edges().stream()
              .filter(e -> chainOf[e.from()] == chain && chainOf[e.to()] == chain)
              .toList();
      List<Vertex> vertices = members.get(id);
      chains.add(new ChainPlan(id, parallelism[vertices.get(0).id()], vertices, inside));
    }
    return new ExecutionPlan(chains, exchanges);
  }

  private void place(Vertex vertex) {
    List<Edge> inputs = graph.into(vertex.id());
    parallelism[vertex.id()] = parallelismOf(vertex, inputs);
    String boundary = boundaryBefore(vertex, inputs);
    if (boundary == null) {
      chainOf[vertex.id()] = chainOf[inputs.get(0).from()];
      members.get(chainOf[vertex.id()]).add(vertex);
      return;
    }
    chainOf[vertex.id()] = members.size();
    members.add(new ArrayList<>(List.of(vertex)));
    for (Edge edge : inputs) {
      exchanges.add(
          new ExchangePlan(
              exchanges.size(),
              edge,
              chainOf[edge.from()],
              chainOf[edge.to()],
              actualPartitioning(edge),
              boundary));
    }
  }

  private int parallelismOf(Vertex vertex, List<Edge> inputs) {
    if (vertex instanceof Vertex.Source source) {
      return source.single() ? 1 : options.parallelism();
    }
    int widest = 1;
    for (Edge edge : inputs) {
      if (edge.partitioning() instanceof Partitioning.Keyed
          || edge.partitioning() instanceof Partitioning.Rebalance) {
        widest = options.parallelism();
      } else if (edge.partitioning() instanceof Partitioning.Forward) {
        widest = Math.max(widest, parallelism[edge.from()]);
      }
    }
    return widest;
  }

  /** Why the vertex cannot be chained to its producers; null when it can. */
  private @Nullable String boundaryBefore(Vertex vertex, List<Edge> inputs) {
    if (vertex instanceof Vertex.Source) {
      return "source";
    }
    if (!options.chaining()) {
      return "--operatorChaining=false";
    }
    if (vertex.chainHint() != ChainHint.NONE) {
      return "a new chain was asked for at " + vertex.name();
    }
    int chain = chainOf[inputs.get(0).from()];
    for (Edge edge : inputs) {
      Vertex producer = graph.vertices().get(edge.from());
      if (chainOf[edge.from()] != chain) {
        return "inputs come from several chains";
      }
      if (producer.chainHint() == ChainHint.NEVER) {
        return "chaining is disabled for " + producer.name();
      }
      if (parallelism[edge.from()] != parallelism[edge.to()]) {
        return "parallelism changes from "
            + parallelism[edge.from()]
            + " to "
            + parallelism[edge.to()];
      }
      if (parallelism[edge.to()] > 1 && !staysInPlace(edge)) {
        return reason(edge.partitioning());
      }
    }
    return null;
  }

  private boolean staysInPlace(Edge edge) {
    if (edge.partitioning() instanceof Partitioning.Keyed keyed) {
      return graph.vertices().get(edge.from()) instanceof Vertex.Step step
          && edge.output() == 0
          && keyed.keyCoder().equals(step.outputKey());
    }
    return edge.partitioning() instanceof Partitioning.Forward;
  }

  private static String reason(Partitioning partitioning) {
    if (partitioning instanceof Partitioning.Keyed) {
      return "elements are partitioned by key";
    }
    if (partitioning instanceof Partitioning.Rebalance) {
      return "elements are redistributed";
    }
    return "elements are gathered in one task";
  }

  private Partitioning actualPartitioning(Edge edge) {
    int from = parallelism[edge.from()];
    int to = parallelism[edge.to()];
    if (to == 1) {
      return Partitioning.SINGLE;
    }
    boolean forward = staysInPlace(edge);
    if (forward && from != to) {
      return edge.partitioning() instanceof Partitioning.Keyed
          ? edge.partitioning()
          : Partitioning.REBALANCE;
    }
    return forward ? Partitioning.FORWARD : edge.partitioning();
  }
}
