package io.purlin.state.cold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A copy of a {@link ColdStore}, as files. Immutable; the files are nobody's to change.
 *
 * @param files all of them
 */
public record ColdCopy(List<CopiedFile> files) {
  /** How the names end of files of entries. */
  private static final String TABLE = ".sst";

  /** How the names end of files of large values. */
  private static final String VALUES = ".blob";

  /**
   * A file of a copy.
   *
   * @param name what RocksDB calls it
   * @param path where it is
   */
  public record CopiedFile(String name, Path path) {
    /** Whether it never changes and holds entries or values, as most do; others are small. */
    public boolean isTable() {
      return neverChanges(name);
    }
  }

  /** Whether a file of that name never changes and holds entries or values. */
  public static boolean neverChanges(String name) {
    return name.endsWith(TABLE) || name.endsWith(VALUES);
  }

  /** Copies the list. */
  public ColdCopy {
    files = List.copyOf(files);
  }

  /** The copy that {@link ColdStore#copyTo} has made. */
  public static ColdCopy in(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return new ColdCopy(
          files.map(each -> new CopiedFile(String.valueOf(each.getFileName()), each)).toList());
    }
  }

  /** Where it is. */
  @Override
  public String toString() {
    return files.isEmpty() ? "without files" : "in " + files.get(0).path().getParent();
  }

  /** Puts the files where a database is to be opened, without copying what never changes. */
  void linkTo(Path directory) throws IOException {
    Files.createDirectory(directory, OwnerOnly.directory(directory));
    for (CopiedFile each : files) {
      Path target = directory.resolve(each.name());
      if (each.isTable()) {
        try {
          Files.createLink(target, each.path());
          continue;
        } catch (IOException | UnsupportedOperationException e) {
          // Another file system, or one without links; should it fail for another reason, so will
          // the copying.
        }
      }
      Files.copy(each.path(), target);
    }
  }
}
