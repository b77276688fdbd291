package io.purlin.nativerunner.checkpoint.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.NavigableSet;

/**
 * A checkpoint that a user has named by where it is: in a job's directory or anywhere else.
 *
 * @param reader of it, whose manifest is whole
 * @param committed whether it is noted as committed
 */
public record CheckpointPlace(CheckpointReader reader, boolean committed) {
  /**
   * Looks at a directory: that of a checkpoint, whatever its name, or that of a job, whose newest
   * committed checkpoint is meant.
   *
   * @throws CheckpointUnavailableException when it is neither, or everyone can change it
   * @throws CheckpointCorruptException when manifest or note are damaged
   */
  public static CheckpointPlace find(CheckpointFiles files, Path path) throws IOException {
    if (files.exists(path.resolve(JobLayout.MANIFEST))) {
      return at(files, path);
    }
    NavigableSet<Long> committed =
        files.exists(path)
            ? JobLayout.numbers(files, path, JobLayout.COMMITTED)
            : Collections.emptyNavigableSet();
    if (committed.isEmpty()) {
      throw new CheckpointUnavailableException(
          path
              + " holds no checkpoint: it must be the directory of a committed one, chk-N, or that"
              + " of a job, with directories chk-N in it.");
    }
    return at(files, JobLayout.checkpoint(path, committed.last()));
  }

  private static CheckpointPlace at(CheckpointFiles files, Path directory) throws IOException {
    files.refuseIfOpenToAll(directory);
    CheckpointReader reader = CheckpointReader.open(files, directory);
    boolean committed = files.exists(directory.resolve(JobLayout.COMMITTED));
    if (committed) {
      JobDirectory.checkNote(files, directory, reader.id());
    }
    return new CheckpointPlace(reader, committed);
  }
}
