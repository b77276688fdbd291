/**
 * Chains: the operators of one task fused into direct calls.
 *
 * <p>Elements come in at the head, from a source or an exchange; they leave at exits, which write
 * exchanges. Inside, an operator calls the next one with the bare value, or elements gather at a
 * seam before it: where a long chain is cut, and where the operator reads ahead. The chain also
 * owns what its operators share: the bundle and the order in which watermarks and the clock reach
 * them.
 *
 * <p>Depends on plan, graph, operator, source, time, element and the batches of exchange; never on
 * threads, channels or checkpoint storage. A chain is driven by its task's thread alone.
 */
@NullMarked
package io.purlin.nativerunner.chain;

import org.jspecify.annotations.NullMarked;
