package io.purlin.sdk.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;

/**
 * What a runner offers beside running: what it is made of, and a look at what its jobs have left.
 *
 * <p>Implementations are named in {@code META-INF/services} and have a public constructor without
 * parameters. They keep no state, change no file and take no lock.
 */
public interface RunnerTools {
  /** The libraries beneath the runner that matter in a report, by their names; versions. */
  SortedMap<String, String> versions();

  /**
   * The checkpoints of a job as text, a line for each, oldest first.
   *
   * @param job the directory of the job, which holds {@code chk-N}
   * @throws IOException when it cannot be read; the message names the path
   */
  String listCheckpoints(Path job) throws IOException;

  /**
   * All about one checkpoint but its bytes.
   *
   * @throws IOException when there is no such checkpoint, or it is damaged; the message names it
   */
  String describeCheckpoint(Path job, long number) throws IOException;

  /**
   * Reads every byte of one checkpoint and says what was checked.
   *
   * @throws IOException when it is damaged, or there is none; the message names the file
   */
  String verifyCheckpoint(Path job, long number) throws IOException;

  /**
   * Reads every byte of all checkpoints of a job.
   *
   * @throws IOException when the directory cannot be read
   */
  Verdict verifyCheckpoints(Path job) throws IOException;

  /**
   * What was found in a job's checkpoints.
   *
   * @param whole whether none that is finished is damaged
   * @param text a line for each
   */
  record Verdict(boolean whole, String text) {}
}
