package io.purlin.nativerunner.job.directory;

import io.purlin.nativerunner.chain.OperatorState;
import io.purlin.nativerunner.checkpoint.storage.CheckpointReader;
import io.purlin.nativerunner.checkpoint.storage.CheckpointWriter;
import io.purlin.nativerunner.checkpoint.storage.CopyDirectory;
import io.purlin.nativerunner.checkpoint.storage.CopyDirectory.CopiedFile;
import io.purlin.nativerunner.checkpoint.storage.JobDirectory;
import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredPart;
import io.purlin.nativerunner.checkpoint.storage.PartScope;
import io.purlin.nativerunner.checkpoint.storage.PartSpec;
import io.purlin.state.cold.ColdCopy;
import io.purlin.state.cold.ColdStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies of the state beyond the heap in a job's checkpoints: files {@code copy-N.<name>}, where N
 * is the number of the checkpoint since which it was folded. The operators' segments from N on
 * build on it.
 *
 * <p>Its large files check their own blocks whenever they are read, so that a start need not read
 * them; the others are checked like every part.
 *
 * <p>Used by the thread that runs the job.
 */
final class CopiedState {
  private static final String PREFIX = "copy-";
  private static final long NONE = -1;

  private final CopyDirectory directory;
  private long newest = NONE;
  private List<CopiedFile> files = List.of();

  private CopiedState(CopyDirectory directory) {
    this.directory = directory;
  }

  /** Copies in a job's directory; null where there can be none. */
  static @Nullable CopiedState of(JobDirectory job) {
    CopyDirectory directory = job.copies();
    return directory == null ? null : new CopiedState(directory);
  }

  /**
   * What a checkpoint holds.
   *
   * @param number of the checkpoint since which the copy was folded; -1 when there is no copy
   */
  record Earlier(long number, @Nullable ColdCopy copy) {
    /** The state of an operator together with the copy, if it builds on that. */
    OperatorState under(OperatorState state) {
      return state.base() == number
          ? new OperatorState(number, copy != null, state.segments(), copy)
          : state;
    }
  }

  /** Makes a copy; returns its bytes. */
  long make(ColdStore cold, long number) throws IOException {
    newest = NONE;
    try {
      files =
          directory.make(
              target -> {
                try {
                  cold.copyTo(target);
                } catch (UncheckedIOException e) {
                  throw new IOException(e.getMessage(), e);
                }
              },
              ColdCopy::neverChanges);
    } catch (IllegalStateException e) {
      throw new IOException(e.getMessage(), e);
    }
    newest = number;
    return files.stream().mapToLong(CopiedFile::lengthBytes).sum();
  }

  /**
   * Puts the copy into a checkpoint on which its operators build, if any does.
   *
   * @param before the checkpoint that was committed last; null when there was none
   * @throws IOException when it is not there, or there are two
   */
  void write(
      CheckpointWriter writer, Iterable<OperatorState> operators, @Nullable CheckpointReader before)
      throws IOException {
    long base = base(operators);
    if (base == NONE) {
      return;
    }
    if (base == newest) {
      for (CopiedFile each : files) {
        writer.link(PREFIX + newest + "." + each.name(), spec(newest), each);
      }
    } else if (before != null && number(before).equals(Optional.of(base))) {
      for (StoredPart each : parts(before)) {
        writer.link(before, each.file(), part -> true);
      }
    } else {
      throw new IOException("state builds on copy " + base + ", which is not there any more");
    }
  }

  private static long base(Iterable<OperatorState> operators) throws IOException {
    long base = NONE;
    for (OperatorState each : operators) {
      if (!each.isOnCopy() || each.base() == base) {
        continue;
      }
      if (base != NONE) {
        throw new IOException("state builds on two copies, " + base + " and " + each.base());
      }
      base = each.base();
    }
    return base;
  }

  private static PartSpec spec(long number) {
    return new PartSpec(PREFIX + number, PartSpec.Kind.COPY, PartScope.subtask(0), Map.of());
  }

  private static List<StoredPart> parts(CheckpointReader reader) {
    return reader.manifest().parts().stream()
        .filter(part -> part.spec().kind() == PartSpec.Kind.COPY)
        .toList();
  }

  /** The number of the copy that a checkpoint holds. */
  private static Optional<Long> number(CheckpointReader reader) {
    return parts(reader).stream()
        .map(part -> Long.parseLong(part.spec().transform().substring(PREFIX.length())))
        .findAny();
  }

  /** The copy that a checkpoint holds, its small files checked. */
  static Earlier read(CheckpointReader reader) throws IOException {
    List<ColdCopy.CopiedFile> found = new ArrayList<>();
    for (StoredPart each : parts(reader)) {
      Path path = reader.locate(each);
      ColdCopy.CopiedFile file = new ColdCopy.CopiedFile(name(each), path);
      if (!file.isTable()) {
        try (InputStream in = reader.open(each)) {
          in.skipNBytes(each.lengthBytes());
        }
      }
      found.add(file);
    }
    return new Earlier(number(reader).orElse(NONE), found.isEmpty() ? null : new ColdCopy(found));
  }

  /** A run begins with a checkpoint: the next copy is going to share files with that of it. */
  void follow(CheckpointReader reader) {
    newest = NONE;
    files = List.of();
    for (StoredPart each : parts(reader)) {
      directory.know(name(each), each.lengthBytes(), each.crc32c());
    }
  }

  private static String name(StoredPart part) {
    return part.file().substring(part.file().indexOf('.') + 1);
  }
}
