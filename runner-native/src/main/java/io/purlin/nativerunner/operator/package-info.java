/**
 * The operators: one final class per Beam primitive, behind the contract of {@link
 * io.purlin.nativerunner.operator.Operator}.
 *
 * <p>In come values, watermarks and the clock; out go values and watermarks. Depends on element,
 * time, keyed, invoke and metrics; never on task, exchange, chain or checkpoint storage. Everything
 * here is driven by one task's thread; factories are shared, and immutable but for what the
 * operators of a step share in one attempt.
 */
@NullMarked
package io.purlin.nativerunner.operator;

import org.jspecify.annotations.NullMarked;
