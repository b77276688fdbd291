/**
 * Keyed state and timers of one operator: Beam's {@code StateInternals} and {@code TimerInternals}
 * on top of module {@code state}, scoped by the current key.
 *
 * <p>In come the current key, watermarks and the clock; out go state cells, timers that are due and
 * the hold on the output watermark. Each state cell of the operator is a {@link
 * io.purlin.state.LiveTable}, by namespace and then by key; what Beam's state interfaces are given
 * is the live cell itself. Timers are kept in such a table as well.
 *
 * <p>Depends on time, on module state and on runners-core's interfaces; never on operators, tasks
 * or checkpoint storage. Everything here belongs to one task's thread.
 */
@NullMarked
package io.purlin.nativerunner.keyed;

import org.jspecify.annotations.NullMarked;
