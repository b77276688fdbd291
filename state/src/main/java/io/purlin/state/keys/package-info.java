/**
 * What keys are to the runner: {@link io.purlin.state.keys.StructuralKey}, by which they are equal
 * as their encodings are; {@link io.purlin.state.keys.KeyGroups}, which divide them among tasks the
 * same way for the life of a job; {@link io.purlin.state.keys.CoderPrint}, by which a restart tells
 * whether they are still written in the same way; {@link io.purlin.state.keys.KeyFilter}, which
 * says of most keys that were not added to it that they were not.
 *
 * <p>Depends on Beam's coders alone.
 */
@NullMarked
package io.purlin.state.keys;

import org.jspecify.annotations.NullMarked;
