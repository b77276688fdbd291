package io.purlin.nativerunner.job;

import io.purlin.nativerunner.checkpoint.storage.CheckpointReader;
import io.purlin.nativerunner.checkpoint.storage.CheckpointUnavailableException;
import io.purlin.nativerunner.checkpoint.storage.CheckpointWriter;
import io.purlin.nativerunner.checkpoint.storage.ExternalCommit;
import io.purlin.nativerunner.checkpoint.storage.JobDirectory;
import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredPart;
import io.purlin.nativerunner.checkpoint.storage.PartKind;
import io.purlin.nativerunner.checkpoint.storage.PartScope;
import io.purlin.nativerunner.checkpoint.storage.PartSpec;
import io.purlin.nativerunner.checkpoint.storage.TaskFileWriter;
import io.purlin.nativerunner.task.TaskSnapshot;
import io.purlin.nativerunner.time.Clock;
import io.purlin.sdk.connector.CheckpointId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps a job's checkpoints in its directory: one file of parts each. A task's own part comes
 * first, the parts of its operators follow it.
 *
 * <p>Used by the thread that runs the job; has the directory's lock from its making on.
 */
public final class DirectoryCheckpoints implements CheckpointStore {
  private static final String FILE = "state";

  private final JobDirectory directory;
  private final int maxParallelism;
  private final Clock clock;

  /**
   * @param directory of the job, opened; closed with this
   * @param maxParallelism number of key groups of the job
   * @param clock for the times that manifests tell
   */
  public DirectoryCheckpoints(JobDirectory directory, int maxParallelism, Clock clock) {
    this.directory = directory;
    this.maxParallelism = maxParallelism;
    this.clock = clock;
  }

  @Override
  public Optional<Stored> restore(ExternalCommit external) throws IOException {
    Optional<CheckpointReader> found = directory.restore(external);
    return found.isEmpty() ? Optional.empty() : Optional.of(read(found.get()));
  }

  @Override
  public long newestNumber() throws IOException {
    return directory.newestNumber();
  }

  private Stored read(CheckpointReader reader) throws IOException {
    List<TaskSnapshot> tasks = new ArrayList<>();
    for (StoredPart part : reader.manifest().parts()) {
      try (InputStream in = reader.open(part)) {
        if (part.spec().kind() == PartKind.TASK) {
          tasks.add(readTask(part.spec(), new DataInputStream(in)));
        } else {
          TaskSnapshot task = tasks.get(tasks.size() - 1);
          task.operators().put(part.spec().transform(), in.readAllBytes());
        }
      }
    }
    int before = reader.manifest().maxParallelism();
    if (before != maxParallelism && !tasks.isEmpty()) {
      throw new CheckpointUnavailableException(
          "checkpoint "
              + reader.id()
              + " was taken with --maxParallelism="
              + before
              + ", this run has "
              + maxParallelism
              + ": keys cannot be found again under another number of key groups");
    }
    return new Stored(reader.id(), tasks);
  }

  private static TaskSnapshot readTask(PartSpec spec, DataInputStream in) throws IOException {
    long watermarkMillis = in.readLong();
    List<byte[]> positions = readAll(in);
    List<byte[]> metrics = readAll(in);
    return new TaskSnapshot(
        spec.transform(),
        spec.scope().first(),
        watermarkMillis,
        positions,
        new HashMap<>(),
        metrics);
  }

  private static List<byte[]> readAll(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(in.readNBytes(in.readInt()));
    }
    return all;
  }

  @Override
  public void write(CheckpointId id, List<TaskSnapshot> tasks) throws IOException {
    CheckpointWriter writer = directory.begin(id, clock.millis(), maxParallelism);
    try (TaskFileWriter file = writer.file(FILE)) {
      for (TaskSnapshot task : tasks) {
        PartScope scope = PartScope.subtask(task.index());
        file.part(
            new PartSpec(task.chain(), PartKind.TASK, scope, Map.of()),
            out -> writeTask(task, out));
        for (Map.Entry<String, byte[]> each : new TreeMap<>(task.operators()).entrySet()) {
          file.part(
              new PartSpec(each.getKey(), PartKind.OPERATOR, scope, Map.of()),
              out -> out.write(each.getValue()));
        }
      }
      file.finish();
    }
    writer.write();
  }

  private static void writeTask(TaskSnapshot task, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeLong(task.watermarkMillis());
    writeAll(task.positions(), out);
    writeAll(task.metrics(), out);
    out.flush();
  }

  private static void writeAll(List<byte[]> all, DataOutputStream out) throws IOException {
    out.writeInt(all.size());
    for (byte[] each : all) {
      out.writeInt(each.length);
      out.write(each);
    }
  }

  @Override
  public void noteCommitted(CheckpointId id) throws IOException {
    directory.noteCommitted(id);
  }

  @Override
  public void deleteOlder(CheckpointId newest, int retained) throws IOException {
    directory.deleteOlder(newest, retained);
  }

  @Override
  public void discard(CheckpointId id) throws IOException {
    directory.discard(id);
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
