/**
 * Windows of a key that merge, as those of sessions and of users' functions do.
 *
 * <p>{@code WindowsOfKey} holds those of a key, {@code WindowMerging} says which unite when an
 * element brings a new one. Depends on pane and on the state module; the grouping operator drives
 * it. All but the mergings belongs to one task's thread.
 */
@NullMarked
package io.purlin.nativerunner.window.merging;

import org.jspecify.annotations.NullMarked;
