package io.purlin.nativerunner.plan;

import io.purlin.nativerunner.operator.OperatorFactory;
import java.util.List;

/**
 * What will run: chains and the exchanges between them.
 *
 * @param chains in topological order; a chain's id is its index
 * @param exchanges in topological order of their consumers
 */
public record ExecutionPlan(List<ChainPlan> chains, List<ExchangePlan> exchanges) {
  public ExecutionPlan {
    chains = List.copyOf(chains);
    exchanges = List.copyOf(exchanges);
  }

  /** The same for one attempt to run it, see {@link OperatorFactory#forAttempt}. */
  public ExecutionPlan forAttempt() {
    return new ExecutionPlan(chains.stream().map(ChainPlan::forAttempt).toList(), exchanges);
  }

  /** The exchanges that a chain reads. */
  public List<ExchangePlan> into(ChainPlan chain) {
    return exchanges.stream().filter(e -> e.toChain() == chain.id()).toList();
  }

  /** The exchanges that a chain writes. */
  public List<ExchangePlan> outOf(ChainPlan chain) {
    return exchanges.stream().filter(e -> e.fromChain() == chain.id()).toList();
  }
}
