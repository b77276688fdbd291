package io.purlin.nativerunner.checkpoint.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;

/**
 * All that checkpoints want of a file system. What was written survives a power cut once the file
 * was synced, what was created, renamed or linked once the directory was; before that, anything may
 * be left of it. Symbolic links are not followed at the last step of a path.
 *
 * <p>Used by many threads at the same time. Every call throws {@link IOException} when the file
 * system refuses.
 */
public interface CheckpointFiles {
  /** A file that is being written, from its beginning to its end. Owned by one thread. */
  interface Output extends Closeable {
    /** Appends bytes. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Returns when all that was written would survive a power cut. */
    void sync() throws IOException;
  }

  /** Whether others can use these files by their paths. */
  default boolean areOnDisk() {
    return false;
  }

  /** Makes a directory, of which the parent exists, readable by the owner alone. */
  void createDirectory(Path directory) throws IOException;

  /**
   * Makes sure that not everyone can change what is in a directory.
   *
   * @throws CheckpointUnavailableException when everyone can; the message names it
   */
  default void refuseIfOpenToAll(Path directory) throws IOException {}

  /** Makes a file that must not exist, readable by the owner alone. */
  Output create(Path file) throws IOException;

  /** Returns when all that was written to a file would survive a power cut. */
  void sync(Path file) throws IOException;

  /** Returns when the entries of the directory would survive a power cut. */
  void syncDirectory(Path directory) throws IOException;

  /**
   * As {@link #syncDirectory}, for a directory that may be somebody else's: where it may not be
   * read, nothing happens.
   */
  default void syncIfReadable(Path directory) throws IOException {
    try {
      syncDirectory(directory);
    } catch (AccessDeniedException e) {
      // What its owner has made there, he may have synced.
    }
  }

  /** Renames a file or directory within its file system at one stroke; replaces an old file. */
  void rename(Path from, Path to) throws IOException;

  /** Gives a file a second name; where the file system cannot, a synced copy of its own. */
  void link(Path existing, Path name) throws IOException;

  /** Names of the entries of a directory, in any order. */
  List<String> list(Path directory) throws IOException;

  /** Deletes a file or an empty directory, if it is there. */
  void delete(Path path) throws IOException;

  /** Whether there is a file or directory of this name. */
  boolean exists(Path path) throws IOException;

  /** Length of a file in bytes. */
  long size(Path file) throws IOException;

  /** Reads a file from an offset on. The stream is not buffered. */
  InputStream read(Path file, long offset) throws IOException;

  /**
   * Takes a lock that no other process and no other owner in this one can have at the same time;
   * freed by {@link Closeable#close} and by the end of the process.
   *
   * @throws CheckpointUnavailableException when somebody else has it, naming the directory and the
   *     holder's process
   */
  Closeable lock(Path file) throws IOException;
}
