/**
 * One key in one window, for the native grouping operators: what is kept of its values, when it
 * fires, where it holds the watermark, how its panes are numbered.
 *
 * <p>In come elements and the operator's time, out go panes. {@link
 * io.purlin.nativerunner.window.pane.CellFiring} is the entry. Depends on element, time, operator
 * and module state; knows no window functions and no tables of windows. Belongs to one task's
 * thread; trigger shapes are immutable and shared.
 */
@NullMarked
package io.purlin.nativerunner.window.pane;

import org.jspecify.annotations.NullMarked;
