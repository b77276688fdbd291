/**
 * Keyed state: live objects by window and key. Knows coders, not pipelines.
 *
 * <p>Depends on Beam's coders; never on a runner. A table belongs to one task's thread.
 */
@NullMarked
package io.purlin.state;

import org.jspecify.annotations.NullMarked;
