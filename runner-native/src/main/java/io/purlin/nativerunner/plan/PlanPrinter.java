package io.purlin.nativerunner.plan;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.graph.Vertex;
import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a plan for people: each chain, what it reads, and why it starts where it does. */
public final class PlanPrinter {
  private PlanPrinter() {}

  /** Prints the plan, a block of lines for each chain. */
  public static void print(ExecutionPlan plan, PrintStream out) {
    for (ChainPlan chain : plan.chains()) {
      out.printf(
          "Chain %d, %s%n",
          chain.id(), chain.parallelism() == 1 ? "1 task" : chain.parallelism() + " tasks");
      for (ExchangePlan exchange : plan.into(chain)) {
        out.printf(
            "  <- chain %d, %s: %s%n",
            exchange.fromChain(), name(exchange.partitioning()), exchange.reason());
      }
      for (Vertex vertex : chain.members()) {
        out.printf("  %s%s%n", vertex.name(), notes(vertex));
      }
    }
    int tasks = plan.chains().stream().mapToInt(ChainPlan::parallelism).sum();
    out.printf(
        "%d chains, %d tasks, %d exchanges%n",
        plan.chains().size(), tasks, plan.exchanges().size());
  }

  private static String notes(Vertex vertex) {
    String note = note(vertex);
    return note.isEmpty() ? "" : "  (" + note + ")";
  }

  /** What is to be known about how a step runs, for people; may be empty. */
  public static String note(Vertex vertex) {
    return vertex instanceof Vertex.Step step ? step.factory().explanation() : "source";
  }

  /** The kind of a partitioning, for people. */
  public static String name(Partitioning partitioning) {
    return partitioning.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** The names of a chain's members, for people. */
  public static String names(ChainPlan chain) {
    return chain.members().stream().map(Vertex::name).collect(Collectors.joining(" -> "));
  }
}
