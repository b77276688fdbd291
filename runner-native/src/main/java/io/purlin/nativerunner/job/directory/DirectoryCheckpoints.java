package io.purlin.nativerunner.job.directory;

import io.purlin.nativerunner.chain.OperatorState;
import io.purlin.nativerunner.checkpoint.storage.CheckpointReader;
import io.purlin.nativerunner.checkpoint.storage.CheckpointUnavailableException;
import io.purlin.nativerunner.checkpoint.storage.CheckpointWriter;
import io.purlin.nativerunner.checkpoint.storage.ExternalCommit;
import io.purlin.nativerunner.checkpoint.storage.JobDirectory;
import io.purlin.nativerunner.checkpoint.storage.Manifest;
import io.purlin.nativerunner.checkpoint.storage.PartScope;
import io.purlin.nativerunner.checkpoint.storage.PartSpec;
import io.purlin.nativerunner.checkpoint.storage.SpillDirectory;
import io.purlin.nativerunner.checkpoint.storage.SpilledFile;
import io.purlin.nativerunner.checkpoint.storage.TaskFileWriter;
import io.purlin.nativerunner.job.CheckpointStore;
import io.purlin.nativerunner.task.TaskPart;
import io.purlin.nativerunner.task.TaskSnapshot;
import io.purlin.nativerunner.time.Clock;
import io.purlin.sdk.connector.CheckpointId;
import io.purlin.state.bytes.StoredBytes;
import io.purlin.state.cold.ColdStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a job's checkpoints in its directory: each writes one file with the tasks' own parts and
 * the newest segments of their operators; a segment that was too large for the heap has come in a
 * file of its own, which is taken over. Older segments are in the files of the checkpoints that
 * wrote them, which are linked for as long as they are needed.
 *
 * <p>Used by the thread that runs the job; has the directory's lock from its making on.
 */
public final class DirectoryCheckpoints implements CheckpointStore {
  private final JobDirectory directory;
  private final int maxParallelism;
  private final Clock clock;
  private final @Nullable CopiedState copied;
  private @Nullable CheckpointId committed;

  /**
   * @param directory of the job, opened; closed with this
   * @param maxParallelism number of key groups of the job
   * @param clock for the times that manifests tell
   */
  public DirectoryCheckpoints(JobDirectory directory, int maxParallelism, Clock clock) {
    this.directory = directory;
    this.maxParallelism = maxParallelism;
    this.clock = clock;
    this.copied = CopiedState.of(directory);
  }

  @Override
  public Optional<Stored> restore(ExternalCommit external) throws IOException {
    Optional<CheckpointReader> found = directory.restore(external);
    committed = null;
    if (found.isEmpty()) {
      return Optional.empty();
    }
    goesOn(found.get());
    return Optional.of(read(found.get()));
  }

  /** Segments and copies of a checkpoint are going to be those of later ones, too. */
  private void goesOn(CheckpointReader from) {
    committed = from.id();
    if (copied != null) {
      copied.follow(from);
    }
  }

  @Override
  public boolean copies() {
    return copied != null;
  }

  @Override
  public long copy(ColdStore cold, long number) throws IOException {
    if (copied == null) {
      throw new IOException("checkpoints are on no file system that others know");
    }
    return copied.make(cold, number);
  }

  @Override
  public Foreign find(Path path) throws IOException {
    var place = directory.find(path);
    CheckpointReader reader = place.reader();
    reader.verify();
    Stored stored = read(reader);
    return new Foreign() {
      @Override
      public Stored stored() {
        return stored;
      }

      @Override
      public boolean isCommitted() {
        return place.committed();
      }

      @Override
      public void copyAs(CheckpointId id) throws IOException {
        directory.copy(reader, id, clock.millis());
        goesOn(directory.read(id));
      }
    };
  }

  @Override
  public Path file(CheckpointId id, String chain) throws IOException {
    CheckpointReader reader = directory.read(id);
    for (Manifest.StoredPart part : reader.parts(chain, PartSpec.Kind.TASK)) {
      return reader.locate(part);
    }
    return directory.path();
  }

  @Override
  public SpillDirectory spill() {
    return directory.spill();
  }

  @Override
  public long newestNumber() throws IOException {
    return directory.newestNumber();
  }

  private Stored read(CheckpointReader reader) throws IOException {
    int before = reader.manifest().maxParallelism();
    Map<PartSpec, List<Manifest.StoredPart>> segments = new LinkedHashMap<>();
    for (Manifest.StoredPart part : reader.manifest().parts()) {
      if (part.spec().kind() == PartSpec.Kind.OPERATOR) {
        segments.computeIfAbsent(part.spec(), spec -> new ArrayList<>()).add(part);
      }
    }
    CopiedState.Earlier copy = CopiedState.read(reader);
    List<TaskSnapshot> tasks = new ArrayList<>();
    for (Manifest.StoredPart part : reader.manifest().parts()) {
      if (part.spec().kind() == PartSpec.Kind.TASK) {
        try (InputStream in = reader.open(part)) {
          tasks.add(
              TaskPart.read(
                  part.spec(),
                  in,
                  step -> {
                    PartSpec spec = segmentOf(step, part.spec().scope());
                    return copy.under(state(reader, segments.getOrDefault(spec, List.of())));
                  }));
        }
      }
    }
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

  /** What an operator held, from its segments in any order. */
  private static OperatorState state(CheckpointReader reader, List<Manifest.StoredPart> segments) {
    List<Manifest.StoredPart> newestFirst =
        segments.stream()
            .sorted(Comparator.comparingLong(SegmentFiles::number).reversed())
            .toList();
    return new OperatorState(
        SegmentFiles.number(newestFirst.get(newestFirst.size() - 1)),
        false,
        newestFirst.stream().<StoredBytes>map(part -> new PartBytes(reader, part)).toList());
  }

  private static boolean isIn(Manifest.StoredPart part, String file) {
    return part.file().equals(file);
  }

  /** A part of a checkpoint that is kept until the next one is committed. */
  private record PartBytes(CheckpointReader reader, Manifest.StoredPart part)
      implements StoredBytes {
    @Override
    public long sizeBytes() {
      return part.lengthBytes();
    }

    @Override
    public InputStream open() throws IOException {
      return reader.open(part);
    }
  }

  @Override
  public void write(CheckpointId id, List<TaskSnapshot> tasks) throws IOException {
    CheckpointWriter writer = directory.begin(id, clock.millis(), maxParallelism);
    Map<PartSpec, Long> bases = new LinkedHashMap<>();
    Map<PartSpec, SpilledFile> spilled = new LinkedHashMap<>();
    try (TaskFileWriter file = writer.file(SegmentFiles.name(id.number()))) {
      for (TaskSnapshot task : tasks) {
        PartScope scope = PartScope.subtask(task.index());
        file.part(
            new PartSpec(task.chain(), PartSpec.Kind.TASK, scope, Map.of()),
            out -> TaskPart.write(task, out));
        for (Map.Entry<String, OperatorState> each : new TreeMap<>(task.operators()).entrySet()) {
          PartSpec spec = segmentOf(each.getKey(), scope);
          bases.put(spec, each.getValue().base());
          if (each.getValue().segments().get(0) instanceof SpilledFile part) {
            spilled.put(spec, part);
          } else {
            file.part(
                spec,
                out -> {
                  try (InputStream newest = each.getValue().segments().get(0).open()) {
                    newest.transferTo(out);
                  }
                });
          }
        }
      }
      file.finish();
    }
    int index = 0;
    for (Map.Entry<PartSpec, SpilledFile> each : spilled.entrySet()) {
      writer.adopt(SegmentFiles.name(id.number(), index++), each.getKey(), each.getValue());
    }
    CheckpointReader earlier = committed == null ? null : directory.read(committed);
    if (earlier != null) {
      linkOlder(writer, bases, earlier);
    }
    if (copied != null) {
      copied.write(
          writer,
          tasks.stream().flatMap(task -> task.operators().values().stream()).toList(),
          earlier);
    }
    writer.write();
  }

  private static PartSpec segmentOf(String step, PartScope scope) {
    return new PartSpec(step, PartSpec.Kind.OPERATOR, scope, Map.of());
  }

  /** Takes the older segments over from the checkpoint before. */
  private static void linkOlder(
      CheckpointWriter writer, Map<PartSpec, Long> bases, CheckpointReader earlier)
      throws IOException {
    var wanted = SegmentFiles.from(bases);
    for (Manifest.StoredFile file : earlier.manifest().files()) {
      if (earlier.manifest().parts().stream()
          .anyMatch(part -> isIn(part, file.name()) && wanted.test(part))) {
        writer.link(earlier, file.name(), wanted);
      }
    }
  }

  @Override
  public void noteCommitted(CheckpointId id) throws IOException {
    directory.noteCommitted(id);
    committed = id;
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
