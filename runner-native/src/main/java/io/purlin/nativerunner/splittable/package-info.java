/**
 * Splittable DoFns: an element paired with a restriction comes in, what its processing makes goes
 * out, and what is left of the restriction waits in keyed state for a processing-time timer.
 *
 * <p>The processing itself is runners-core's {@code ProcessFn}; here it is driven as an operator.
 * Depends on operator, keyed and element; never on tasks. Owned by one task's thread.
 */
@NullMarked
package io.purlin.nativerunner.splittable;

import org.jspecify.annotations.NullMarked;
