package io.purlin.nativerunner.checkpoint.storage;

import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredPart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;

/**
 * Describes the checkpoints of a job's directory as text, for people. Takes no lock and changes
 * nothing; while the job runs, a checkpoint may go away under it. Owned by one thread.
 */
public final class CheckpointInspector {
  private final CheckpointFiles files;
  private final Path job;

  /** An inspector of the directory of a job, which holds {@code chk-N}. */
  public CheckpointInspector(CheckpointFiles files, Path job) {
    this.files = files;
    this.job = job;
  }

  /** One line for each checkpoint, oldest first. */
  public String list() throws IOException {
    StringBuilder text = new StringBuilder();
    for (long number : JobLayout.numbers(files, job, "")) {
      text.append(line(number)).append('\n');
    }
    return text.isEmpty() ? "no checkpoints in " + job + "\n" : text.toString();
  }

  private String line(long number) throws IOException {
    Path directory = JobLayout.checkpoint(job, number);
    if (!files.exists(directory.resolve(JobLayout.MANIFEST))) {
      return files.exists(directory.resolve(JobLayout.COMMITTED))
          ? "chk-" + number + "  DAMAGED: committed, but its manifest is missing"
          : "chk-" + number + "  unfinished";
    }
    try {
      CheckpointReader reader = CheckpointReader.open(files, directory, number);
      Manifest manifest = reader.manifest();
      return "chk-%d  %s  %s  %s  %d files  %d parts  %d bytes"
          .formatted(
              number,
              state(reader, directory),
              manifest.id().token(),
              Instant.ofEpochMilli(manifest.timeMillis()),
              manifest.files().size(),
              manifest.parts().size(),
              manifest.totalBytes());
    } catch (CheckpointCorruptException e) {
      return "chk-" + number + "  DAMAGED: " + e.getMessage();
    } catch (CheckpointUnavailableException e) {
      return "chk-" + number + "  UNREADABLE: " + e.getMessage();
    }
  }

  private String state(CheckpointReader reader, Path directory) throws IOException {
    if (!files.exists(directory.resolve(JobLayout.COMMITTED))) {
      return "prepared";
    }
    JobDirectory.checkNote(files, directory, reader.id());
    return "committed";
  }

  /**
   * All about one checkpoint but its bytes.
   *
   * @throws CheckpointCorruptException when manifest or note are damaged or missing
   */
  public String describe(long number) throws IOException {
    Path directory = JobLayout.checkpoint(job, number);
    CheckpointReader reader = CheckpointReader.open(files, directory, number);
    Manifest manifest = reader.manifest();
    StringBuilder text = new StringBuilder();
    text.append("checkpoint ").append(manifest.id());
    text.append("\njob ").append(manifest.jobName());
    text.append("\nstate ").append(state(reader, directory));
    text.append("\ntime ").append(Instant.ofEpochMilli(manifest.timeMillis()));
    text.append("\nmax parallelism ").append(manifest.maxParallelism()).append('\n');
    for (Manifest.StoredFile each : manifest.files()) {
      text.append("file ").append(each.name()).append("  ").append(each.lengthBytes());
      text.append(" bytes\n");
    }
    for (StoredPart each : manifest.parts()) {
      text.append("part ").append(each.spec()).append("  ").append(each.lengthBytes());
      text.append(" bytes in ").append(each.file()).append(" at ").append(each.offsetBytes());
      new TreeMap<>(each.spec().fingerprints())
          .forEach((what, form) -> text.append("\n     ").append(what).append(": ").append(form));
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * Reads every byte of a checkpoint.
   *
   * @return that it is whole
   * @throws CheckpointCorruptException naming the first thing that is wrong
   */
  public String verify(long number) throws IOException {
    Path directory = JobLayout.checkpoint(job, number);
    CheckpointReader reader = CheckpointReader.open(files, directory, number);
    String state = state(reader, directory);
    reader.verify();
    return "chk-%d  %s  whole: %d parts, %d bytes%n"
        .formatted(number, state, reader.manifest().parts().size(), reader.manifest().totalBytes());
  }

  /**
   * Verifies every finished checkpoint.
   *
   * @return whether all are whole
   */
  public boolean verifyAll(StringBuilder text) throws IOException {
    boolean whole = true;
    for (long number : JobLayout.numbers(files, job, "")) {
      Path directory = JobLayout.checkpoint(job, number);
      if (!files.exists(directory.resolve(JobLayout.MANIFEST))
          && !files.exists(directory.resolve(JobLayout.COMMITTED))) {
        text.append("chk-").append(number).append("  unfinished\n");
        continue;
      }
      try {
        text.append(verify(number));
      } catch (CheckpointCorruptException e) {
        whole = false;
        text.append("chk-").append(number).append("  DAMAGED: ").append(e.getMessage());
        text.append('\n');
      } catch (CheckpointUnavailableException e) {
        whole = false;
        text.append("chk-").append(number).append("  UNREADABLE: ").append(e.getMessage());
        text.append('\n');
      }
    }
    return whole;
  }
}
