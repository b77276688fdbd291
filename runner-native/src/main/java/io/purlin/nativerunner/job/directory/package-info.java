/**
 * A job's checkpoints in its directory: what the tasks wrote down, as files and parts of files.
 *
 * <p>{@link io.purlin.nativerunner.job.directory.DirectoryCheckpoints} is the {@link
 * io.purlin.nativerunner.job.CheckpointStore} of jobs; segments of earlier checkpoints, and copies
 * of state beyond the heap, are linked for as long as they are needed.
 *
 * <p>Used by the thread that runs the job.
 */
@NullMarked
package io.purlin.nativerunner.job.directory;

import org.jspecify.annotations.NullMarked;
