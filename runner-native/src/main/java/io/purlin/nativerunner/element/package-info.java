/**
 * What flows along a chain: a value handed to a {@link io.purlin.nativerunner.element.Receiver},
 * and the one {@link io.purlin.nativerunner.element.CurrentElement} that describes it.
 *
 * <p>The bottom of the engine: everything may depend on it, it depends on the Beam SDK's vocabulary
 * alone. Everything here belongs to one task's thread.
 */
@NullMarked
package io.purlin.nativerunner.element;

import org.jspecify.annotations.NullMarked;
