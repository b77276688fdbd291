package io.purlin.nativerunner.plan;

import io.purlin.nativerunner.graph.Edge;
import io.purlin.nativerunner.graph.Partitioning;

/**
 * An edge between chains, which becomes channels.
 *
 * @param id index in the plan
 * @param edge the logical edge
 * @param fromChain id of the producing chain
 * @param toChain id of the consuming chain; the edge ends at its head
 * @param partitioning how elements are spread; differs from the edge's where a forward edge joins
 *     chains of different parallelism
 * @param reason why the chain ends here, for people
 */
public record ExchangePlan(
    int id, Edge edge, int fromChain, int toChain, Partitioning partitioning, String reason) {}
