/**
 * Sliding windows by slices: what elements of overlapping windows are combined to, once for each
 * key and slice instead of once for each key and window.
 *
 * <p>In come values with their slice, out go the contents of windows that are over. {@link
 * io.purlin.nativerunner.window.slice.SliceTable} is the entry. Panes, triggers and what comes
 * after the end of a window are its user's affair. Depends on element, time, window.pane and module
 * state. Belongs to one task's thread.
 */
@NullMarked
package io.purlin.nativerunner.window.slice;

import org.jspecify.annotations.NullMarked;
