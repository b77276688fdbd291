package io.purlin.nativerunner.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory that a container may use, as version 2 of Linux's control groups has it: the least of
 * {@code memory.max} of the process's group and of those above it. The JVM looks at the first of
 * them alone. Stateless.
 */
public final class ContainerLimit {
  /** There is no limit, or none that can be read. */
  public static final long NONE = Long.MAX_VALUE;

  private static final String FILE = "memory.max";
  private static final String UNIFIED = "0::";

  private ContainerLimit() {}

  /** The limit of this process in bytes; {@link #NONE} where there is none. */
  public static long bytes() {
    return bytes(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
  }

  /**
   * The limit of a process.
   *
   * @param membership the file that names its group
   * @param mount where the groups are
   */
  static long bytes(Path membership, Path mount) {
    Path root = mount.normalize();
    long least = NONE;
    for (Path group = group(membership, root); group.startsWith(root); ) {
      least = Math.min(least, limit(group.resolve(FILE)));
      Path above = group.getParent();
      if (above == null) {
        break;
      }
      group = above;
    }
    return least;
  }

  /** Within a container its own group is the root, whatever the file says of the machine's. */
  private static Path group(Path membership, Path root) {
    for (String line : lines(membership)) {
      if (line.startsWith(UNIFIED)) {
        String name = line.substring(UNIFIED.length()).replaceFirst("^/+", "");
        Path group = root.resolve(name).normalize();
        return group.startsWith(root) && Files.isDirectory(group) ? group : root;
      }
    }
    return root;
  }

  private static long limit(Path file) {
    List<String> lines = lines(file);
    try {
      return lines.isEmpty() ? NONE : Long.parseLong(lines.get(0).strip());
    } catch (NumberFormatException e) {
      // It says "max".
      return NONE;
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      // The root of the machine has no limit, and other systems have no groups.
      return List.of();
    }
  }
}
