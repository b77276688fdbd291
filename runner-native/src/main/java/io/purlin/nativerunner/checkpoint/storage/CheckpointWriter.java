package io.purlin.nativerunner.checkpoint.storage;

import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredFile;
import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredPart;
import io.purlin.sdk.connector.CheckpointId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Writes one checkpoint: the files of its tasks, by any threads at the same time, then the
 * manifest. Until {@link #write} has returned the checkpoint does not exist for any restart.
 *
 * <p>Guarded by its own lock, which is never held while anything is written but the manifest.
 */
public final class CheckpointWriter {
  private static final int COPY_BYTES = 64 << 10;

  private final CheckpointFiles files;
  private final Path job;
  private final Path directory;
  private final Manifest head;
  private final Set<String> open = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final List<StoredFile> stored = new ArrayList<>();
  private final List<StoredPart> parts = new ArrayList<>();
  private boolean done;

  /**
   * @param job the job's directory
   * @param directory the checkpoint's, new and empty
   * @param head what the manifest will say, without files and parts
   */
  CheckpointWriter(CheckpointFiles files, Path job, Path directory, Manifest head) {
    this.files = files;
    this.job = job;
    this.directory = directory;
    this.head = head;
  }

  /** Which checkpoint. */
  public CheckpointId id() {
    return head.id();
  }

  /**
   * Begins a file. Must be finished before {@link #write}.
   *
   * @param name letters, digits, dots, dashes and underscores, at most 200; once per checkpoint
   */
  public TaskFileWriter file(String name) throws IOException {
    reserve(name);
    return new TaskFileWriter(this, name, files.create(directory.resolve(name)));
  }

  /**
   * Takes a file of an earlier checkpoint over as it is, without copying it.
   *
   * @param name of the file, there and here
   * @param wanted which of its parts belong to this checkpoint
   */
  public void link(CheckpointReader earlier, String name, Predicate<StoredPart> wanted)
      throws IOException {
    StoredFile file = earlier.file(name);
    reserve(name);
    files.link(earlier.path(name), directory.resolve(name));
    finished(
        file,
        earlier.manifest().parts().stream()
            .filter(part -> part.file().equals(name) && wanted.test(part))
            .toList());
  }

  /** Copies a file of a checkpoint that may be on another disk, as it is, and checks its bytes. */
  void copy(CheckpointReader from, String name) throws IOException {
    StoredFile file = from.file(name);
    reserve(name);
    try (InputStream in = from.open(file);
        CheckpointFiles.Output out = files.create(directory.resolve(name))) {
      byte[] buffer = new byte[COPY_BYTES];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
      out.sync();
    }
    finished(
        file, from.manifest().parts().stream().filter(part -> part.file().equals(name)).toList());
  }

  /**
   * Takes a part over that was written before, with its file, without copying it.
   *
   * @param name as of {@link #file}
   */
  public void adopt(String name, PartSpec spec, SpilledFile part) throws IOException {
    reserve(name);
    part.sync();
    files.rename(part.path(), directory.resolve(name));
    long length = part.sizeBytes();
    finished(
        new StoredFile(name, length, part.crc32c()),
        List.of(new StoredPart(spec, name, 0, length, part.crc32c())));
  }

  /**
   * Takes a file over that somebody else has written and synced, without copying it; it may stay
   * where it is.
   *
   * @param name as of {@link #file}
   */
  public void link(String name, PartSpec spec, CopyDirectory.CopiedFile file) throws IOException {
    reserve(name);
    files.link(file.path(), directory.resolve(name));
    finished(
        new StoredFile(name, file.lengthBytes(), file.crc32c()),
        List.of(new StoredPart(spec, name, 0, file.lengthBytes(), file.crc32c())));
  }

  private synchronized void reserve(String name) {
    if (!JobLayout.isPlain(name)) {
      throw new IllegalArgumentException("\"" + name + "\" is no name for a file");
    }
    if (done || !names.add(name)) {
      throw new IllegalStateException(
          done ? "checkpoint " + id() + " is written" : name + " is in the checkpoint already");
    }
    open.add(name);
  }

  synchronized void finished(StoredFile file, List<StoredPart> itsParts) {
    if (open.remove(file.name())) {
      stored.add(file);
      parts.addAll(itsParts);
    }
  }

  /** Writes the manifest. When it returns, the checkpoint is prepared: it survives a power cut. */
  public synchronized Manifest write() throws IOException {
    if (done || !open.isEmpty()) {
      throw new IllegalStateException(
          "checkpoint " + id() + (done ? " is written" : " lacks its files " + open));
    }
    done = true;
    Manifest manifest =
        new Manifest(head.jobName(), id(), head.timeMillis(), head.maxParallelism(), stored, parts);
    SealedFile.write(files, directory.resolve(JobLayout.MANIFEST), ManifestFile.encode(manifest));
    // The directory's own name must be as durable as what is in it.
    files.syncDirectory(job);
    return manifest;
  }
}
