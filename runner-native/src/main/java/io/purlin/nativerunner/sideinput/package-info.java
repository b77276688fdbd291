/**
 * Side inputs: materialised once per view and window, shared read-only by all tasks of the job.
 *
 * <p>Panes come in from the one task that writes a view; contents go out to any task that reads it.
 * Depends on nothing of the engine. Threads meet here: contents are immutable once published, and
 * published through concurrent maps.
 */
@NullMarked
package io.purlin.nativerunner.sideinput;

import org.jspecify.annotations.NullMarked;
