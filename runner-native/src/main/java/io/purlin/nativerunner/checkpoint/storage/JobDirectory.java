package io.purlin.nativerunner.checkpoint.storage;

import io.purlin.sdk.connector.CheckpointId;
import io.purlin.sdk.faults.KillPoint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one job, locked against every other run of it.
 *
 * <p>A directory {@code chk-N} is written without manifest (it does not count), with one
 * (prepared), and with a note (committed), in this order, each step durable before the next. It
 * leaves by being renamed first, so that no half of it is ever taken for a checkpoint.
 *
 * <p>Called by one thread at a time; lives as long as the run.
 */
public final class JobDirectory implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(JobDirectory.class);

  private final CheckpointFiles files;
  private final String jobName;
  private final Path job;
  private final SpillDirectory spill;
  private final @Nullable CopyDirectory copies;
  private final Closeable lock;

  private JobDirectory(
      CheckpointFiles files, String jobName, Path job, SpillDirectory spill, Closeable lock) {
    this.files = files;
    this.jobName = jobName;
    this.job = job;
    this.spill = spill;
    this.copies = files.areOnDisk() ? new CopyDirectory(files, job) : null;
    this.lock = lock;
  }

  /**
   * Makes the directory if there is none, locks it, and clears away what an earlier run was
   * deleting.
   *
   * @throws CheckpointUnavailableException when another run of the job has it
   */
  public static JobDirectory open(CheckpointFiles files, Path checkpointDir, String jobName)
      throws IOException {
    return open(files, checkpointDir, jobName, SpillDirectory.ON_HEAP_BYTES);
  }

  /**
   * As above.
   *
   * @param onHeapBytes how many bytes of a part stay on the heap until the checkpoint is written
   */
  public static JobDirectory open(
      CheckpointFiles files, Path checkpointDir, String jobName, int onHeapBytes)
      throws IOException {
    Path job = JobLayout.job(checkpointDir.toAbsolutePath(), jobName);
    create(files, job);
    files.refuseIfOpenToAll(job);
    Closeable lock = files.lock(job.resolve(JobLayout.LOCK));
    SpillDirectory spill = new SpillDirectory(files, job, onHeapBytes);
    JobDirectory directory = new JobDirectory(files, jobName, job, spill, lock);
    boolean ready = false;
    try {
      for (String each : files.list(job)) {
        if (each.startsWith(JobLayout.TRASH)) {
          directory.empty(job.resolve(each));
        }
      }
      directory.clearWork();
      ready = true;
      return directory;
    } finally {
      if (!ready) {
        lock.close();
      }
    }
  }

  /** Deletes what an attempt has left that was no checkpoint's yet. */
  private void clearWork() throws IOException {
    spill.deleteThrough(Long.MAX_VALUE);
    if (copies != null) {
      copies.restart();
    }
  }

  /**
   * Makes the job's directory and those above it. Those that are there may have been made by a
   * process that was killed before it could sync them: all are synced, whoever made them.
   */
  private static void create(CheckpointFiles files, Path job) throws IOException {
    for (Path each : JobLayout.way(job)) {
      if (files.exists(each)) {
        files.syncIfReadable(JobLayout.parent(each));
      } else {
        files.createDirectory(each);
        files.syncDirectory(JobLayout.parent(each));
      }
    }
  }

  /** The greatest number of any checkpoint here, committed or not; 0 when there is none. */
  public long newestNumber() throws IOException {
    NavigableSet<Long> all = numbers("");
    return all.isEmpty() ? 0 : all.last();
  }

  /** Where it is. */
  public Path path() {
    return job;
  }

  /** Where parts go that are too large for the heap, until their checkpoint is written. */
  public SpillDirectory spill() {
    return spill;
  }

  /** Copies of what is beyond the heap; null where they cannot be made. */
  public @Nullable CopyDirectory copies() {
    return copies;
  }

  /**
   * Chooses what a run that starts now restores, makes sure that it is noted as committed, and
   * deletes what was never committed. Called once, before {@link #begin}.
   *
   * @param external what the system that commits the job's sinks says
   * @return the checkpoint to restore; nothing when the job starts from its beginning
   * @throws CheckpointUnavailableException when what is here and what the external system says do
   *     not fit together; nothing was deleted then
   * @throws CheckpointCorruptException when the one to restore is damaged
   */
  public Optional<CheckpointReader> restore(ExternalCommit external) throws IOException {
    // Of an attempt in this process that has failed.
    clearWork();
    NavigableSet<Long> committed = numbers(JobLayout.COMMITTED);
    Optional<CheckpointReader> chosen;
    if (!external.asked()) {
      chosen = newestWhole(committed);
    } else if (external.marker().isPresent()) {
      chosen = exactly(external.marker().get(), committed);
    } else {
      refuseWithoutMarker(committed);
      chosen = Optional.empty();
    }
    for (long each : numbers("")) {
      if (!committed.contains(each) && !chosen.map(c -> c.id().number() == each).orElse(false)) {
        remove(each);
      }
    }
    return chosen;
  }

  /**
   * The newest one that is not damaged. Nothing outside says which it must be, so an older one is
   * as good a state of the job, if there is one: only then all bytes are read beforehand. Those
   * that are damaged are put aside under another name, so that nobody takes them for newer ones
   * later.
   *
   * @throws CheckpointCorruptException for the newest when all are damaged; nothing was changed
   */
  private Optional<CheckpointReader> newestWhole(NavigableSet<Long> committed) throws IOException {
    if (committed.size() <= 1) {
      return committed.isEmpty() ? Optional.empty() : Optional.of(committed(committed.last()));
    }
    Map<Long, CheckpointCorruptException> damaged = new LinkedHashMap<>();
    for (long number : committed.descendingSet()) {
      try {
        CheckpointReader reader = committed(number);
        reader.verify();
        for (long each : damaged.keySet()) {
          putAside(each, damaged.get(each), reader.id());
        }
        return Optional.of(reader);
      } catch (CheckpointCorruptException e) {
        damaged.put(number, e);
      }
    }
    throw damaged.values().iterator().next();
  }

  private void putAside(long number, @Nullable Exception why, CheckpointId instead)
      throws IOException {
    Path aside = job.resolve(JobLayout.DAMAGED + number);
    LOG.warn(
        "Checkpoint {} is damaged and is not used: {}. The job goes on from checkpoint {}; what is"
            + " left of the damaged one is in {}.",
        number,
        why == null ? "" : why.getMessage(),
        instead,
        aside);
    files.rename(JobLayout.checkpoint(job, number), aside);
    files.syncDirectory(job);
  }

  private Optional<CheckpointReader> exactly(CheckpointId marker, NavigableSet<Long> committed)
      throws IOException {
    if (!committed.isEmpty() && committed.last() > marker.number()) {
      throw new CheckpointUnavailableException(
          job
              + " holds checkpoint "
              + committed.last()
              + " as committed, but the external system"
              + " names "
              + marker
              + ": one of the two was put back to an older time.");
    }
    Path directory = JobLayout.checkpoint(job, marker);
    if (!files.exists(directory) || !files.exists(directory.resolve(JobLayout.MANIFEST))) {
      if (marker.number() == 0 && committed.isEmpty()) {
        return Optional.empty();
      }
      throw new CheckpointUnavailableException(
          job
              + " lacks checkpoint "
              + marker
              + ", which the external system names as committed"
              + " last; here are "
              + numbers(JobLayout.MANIFEST)
              + ".");
    }
    CheckpointReader reader = CheckpointReader.open(files, directory, marker.number());
    checkJob(reader);
    if (!reader.id().equals(marker)) {
      throw new CheckpointUnavailableException(
          directory
              + " is checkpoint "
              + reader.id()
              + ", but the external system names "
              + marker
              + ": the directory belongs to another run or is a copy.");
    }
    if (!committed.contains(marker.number())) {
      noteCommitted(marker);
    }
    return Optional.of(reader);
  }

  private void refuseWithoutMarker(NavigableSet<Long> committed) throws IOException {
    NavigableSet<Long> prepared = numbers(JobLayout.MANIFEST);
    if (!committed.isEmpty() || (!prepared.isEmpty() && prepared.last() > 0)) {
      throw new CheckpointUnavailableException(
          job
              + " holds checkpoints "
              + prepared
              + ", but the external system knows of none of this"
              + " job: its marker is lost, or the job's name is used with another system.");
    }
  }

  private CheckpointReader committed(long number) throws IOException {
    Path directory = JobLayout.checkpoint(job, number);
    CheckpointReader reader = CheckpointReader.open(files, directory, number);
    checkJob(reader);
    checkNote(files, directory, reader.id());
    return reader;
  }

  private void checkJob(CheckpointReader reader) throws IOException {
    if (!reader.manifest().jobName().equals(jobName)) {
      throw new CheckpointUnavailableException(
          job + " holds checkpoints of the job " + reader.manifest().jobName());
    }
  }

  /** Fails unless the note is whole and about this checkpoint. */
  static void checkNote(CheckpointFiles files, Path directory, CheckpointId id) throws IOException {
    Path note = directory.resolve(JobLayout.COMMITTED);
    String says = new String(SealedFile.read(files, note), StandardCharsets.UTF_8);
    if (!says.equals(id.toString())) {
      throw new CheckpointCorruptException(note, "is about checkpoint " + says + ", not " + id);
    }
  }

  /**
   * Begins a checkpoint. A directory of the same number that was never committed is deleted.
   *
   * @param timeMillis now, ms since 1970, for people
   * @param maxParallelism number of key groups of the job, at least 1
   */
  public CheckpointWriter begin(CheckpointId id, long timeMillis, int maxParallelism)
      throws IOException {
    Path directory = JobLayout.checkpoint(job, id);
    if (files.exists(directory)) {
      discard(id.number());
    }
    files.createDirectory(directory);
    Manifest head = new Manifest(jobName, id, timeMillis, maxParallelism, List.of(), List.of());
    return new CheckpointWriter(files, job, directory, head);
  }

  /**
   * Copies a whole checkpoint from wherever it is; it is prepared then.
   *
   * @param id what it is called here
   * @param timeMillis now, ms since 1970, for people
   */
  public void copy(CheckpointReader from, CheckpointId id, long timeMillis) throws IOException {
    CheckpointWriter writer = begin(id, timeMillis, from.manifest().maxParallelism());
    for (Manifest.StoredFile each : from.manifest().files()) {
      writer.copy(from, each.name());
    }
    writer.write();
  }

  /** Writes down that a prepared checkpoint is committed. When it returns, that is durable. */
  public void noteCommitted(CheckpointId id) throws IOException {
    Path directory = JobLayout.checkpoint(job, id);
    byte[] says = id.toString().getBytes(StandardCharsets.UTF_8);
    SealedFile.write(files, directory.resolve(JobLayout.COMMITTED), says);
  }

  /** Looks at a directory that a user has named; see {@link CheckpointPlace#find}. */
  public CheckpointPlace find(Path path) throws IOException {
    return CheckpointPlace.find(files, path);
  }

  /** Opens a checkpoint that is here, to link its files or to read it. */
  public CheckpointReader read(CheckpointId id) throws IOException {
    CheckpointReader reader =
        CheckpointReader.open(files, JobLayout.checkpoint(job, id), id.number());
    if (!reader.id().equals(id)) {
      throw new CheckpointUnavailableException(job + " holds " + reader.id() + ", not " + id);
    }
    return reader;
  }

  /** Deletes a checkpoint that was given up; does nothing when there is none of the number. */
  public void discard(CheckpointId id) throws IOException {
    discard(id.number());
    spill.deleteThrough(id.number());
  }

  private void discard(long number) throws IOException {
    Path directory = JobLayout.checkpoint(job, number);
    if (files.exists(directory.resolve(JobLayout.COMMITTED))) {
      throw new IllegalStateException(directory + " is committed");
    }
    remove(number);
  }

  /** Deletes all before {@code newest} but the newest committed ones, {@code newest} included. */
  public void deleteOlder(CheckpointId newest, int retained) throws IOException {
    NavigableSet<Long> kept = numbers(JobLayout.COMMITTED).headSet(newest.number(), true);
    while (kept.size() > Math.max(1, retained)) {
      kept.pollFirst();
    }
    for (long each : numbers("").headSet(newest.number(), false)) {
      if (!kept.contains(each)) {
        remove(each);
      }
    }
    spill.deleteThrough(newest.number());
  }

  /** Numbers of the checkpoints that have a file of this name; of all for an empty name. */
  private NavigableSet<Long> numbers(String file) throws IOException {
    return JobLayout.numbers(files, job, file);
  }

  private void remove(long number) throws IOException {
    Path directory = JobLayout.checkpoint(job, number);
    if (!files.exists(directory)) {
      return;
    }
    Path trash = job.resolve(JobLayout.TRASH + number);
    if (files.exists(trash)) {
      empty(trash);
    }
    files.rename(directory, trash);
    files.syncDirectory(job);
    empty(trash);
  }

  private void empty(Path trash) throws IOException {
    for (String each : files.list(trash)) {
      files.delete(trash.resolve(each));
      KillPoint.DELETING.hit();
    }
    files.delete(trash);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
