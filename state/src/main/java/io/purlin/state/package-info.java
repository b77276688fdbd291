/**
 * Keyed state: live objects by window and key. Knows coders, not pipelines.
 *
 * <p>A {@link io.purlin.state.LiveTable} is one named state cell of one step: window first, then
 * key. Its users look up a {@link io.purlin.state.Cell}, call {@code touch} before they change it,
 * and remove it; where cells are kept besides the heap is the table's affair. {@link
 * io.purlin.state.keys.KeyGroups} divides keys the same way in every process.
 *
 * <p>A {@link io.purlin.state.SnapshotSink} takes what is to survive, in named parts that say what
 * they were written by; a {@link io.purlin.state.SnapshotSource} gives each task of the next run,
 * whatever its parallelism, what is its own. {@link io.purlin.state.Snapshottable} is what
 * operators with state are to those who take snapshots.
 *
 * <p>A table is not written at its barrier but after it, a few cells at a time, while it is used; a
 * snapshot may be a segment with what has changed alone. {@link io.purlin.state.SegmentFilter} says
 * what of older segments still holds.
 *
 * <p>Depends on Beam's coders; never on a runner. A table belongs to one task's thread.
 */
@NullMarked
package io.purlin.state;

import org.jspecify.annotations.NullMarked;
