/**
 * What rows of the fault matrix play on: a broker, a generator, the oracle and the runner, each in
 * a process that can be killed, held or told to end.
 *
 * <p>In: what a row wants done. Out: how processes ended, and the oracle's verdict. Signals go to
 * processes that were started here, by their id, and to no other; everything listens on loopback.
 * One thread plays; the generator and the reader of the oracle's lines have threads of their own.
 */
@NullMarked
package io.purlin.conformance.faults.stage;

import org.jspecify.annotations.NullMarked;
