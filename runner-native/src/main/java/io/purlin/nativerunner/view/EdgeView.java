package io.purlin.nativerunner.view;

/**
 * What leads from one chain to another.
 *
 * @param from id of the sending vertex
 * @param to id of the receiving vertex
 * @param partitioning how elements are spread: forward, keyed, rebalance or single
 * @param reason why the chain ends here, for people
 */
public record EdgeView(String from, String to, String partitioning, String reason) {}
