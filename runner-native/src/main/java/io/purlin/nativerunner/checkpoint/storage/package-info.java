/**
 * Checkpoints on disk: a job's directory, written so that a power cut leaves the checkpoint before
 * or the one after, and read so that nothing damaged is ever handed out.
 *
 * <p>In come parts, as bytes that their owners write; out go the same bytes, or an error that names
 * the file, what is wrong and where. {@link io.purlin.nativerunner.checkpoint.storage.JobDirectory}
 * is the way in. All input and output goes through {@link
 * io.purlin.nativerunner.checkpoint.storage.CheckpointFiles}, so that tests can lose, tear and
 * refuse.
 *
 * <p>The one exception: files of the state backend's own are linked in, and found again, by their
 * paths. Only their lengths are checked here at a start; the backend checks each block it reads.
 *
 * <p>Depends on the connector contract's checkpoint identity, stored bytes of module state and
 * Avro; decides nothing and knows nothing of tasks. Thread rule: a directory is called by one
 * thread at a time, the files of a checkpoint are each written by one thread, all at the same time.
 */
@NullMarked
package io.purlin.nativerunner.checkpoint.storage;

import org.jspecify.annotations.NullMarked;
