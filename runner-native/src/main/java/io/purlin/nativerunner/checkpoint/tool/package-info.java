/** The command that shows the checkpoints of a job and whether they are whole. Changes nothing. */
@NullMarked
package io.purlin.nativerunner.checkpoint.tool;

import org.jspecify.annotations.NullMarked;
