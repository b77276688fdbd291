/**
 * Calling user code: DoFns, what they are given, and what they emit.
 *
 * <p>The one place that touches those of Beam's runner interfaces that change from version to
 * version: windowed values, output builders, DoFn runners and argument providers. Elements come in
 * from an operator and go out to receivers. Depends on keyed and element; never on operators or
 * tasks. Owned by one task's thread.
 */
@NullMarked
package io.purlin.nativerunner.invoke;

import org.jspecify.annotations.NullMarked;
