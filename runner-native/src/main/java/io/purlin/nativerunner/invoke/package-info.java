/**
 * Calling user code: everything that a DoFn can ask for in its methods, and the way to its outputs.
 *
 * <p>In come a value, a timer or the end of a window, described by the task's current element; out
 * go the values that user code emits, to the receivers of its outputs. What is not the same in all
 * supported Beam versions stands in beam. Depends on keyed, time, beam and element; never on
 * operators, chains or tasks. Everything here is driven by one task's thread; {@link
 * io.purlin.nativerunner.invoke.DoFnSpec} is immutable.
 */
@NullMarked
package io.purlin.nativerunner.invoke;

import org.jspecify.annotations.NullMarked;
