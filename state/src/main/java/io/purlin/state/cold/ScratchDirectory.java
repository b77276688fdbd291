package io.purlin.state.cold;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that lives as long as it is open. Its lock file is held meanwhile, so that what a
 * killed process left behind can be told from what is in use, and is deleted by the next one. The
 * directory gets its name only when its lock is held: whoever finds one without is free to delete
 * it.
 */
final class ScratchDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScratchDirectory.class);
  private static final String PREFIX = "purlin-state-";
  private static final String UNLOCKED_PREFIX = "purlin-new-";
  private static final String LOCK = "in-use";

  /**
   * Those of this process, which their locks say nothing about: on POSIX systems, closing any
   * descriptor of a file frees all locks that the process has on it, so a look at the lock of one
   * of its own would give it away.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lockFile;

  private ScratchDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /** Makes a new one in a directory, which is made as well, and deletes abandoned ones there. */
  static ScratchDirectory in(Path parent) throws IOException {
    Files.createDirectories(parent, OwnerOnly.directory(parent));
    Path real = parent.toRealPath();
    deleteAbandoned(real);
    Path unlocked = Files.createTempDirectory(real, UNLOCKED_PREFIX);
    FileChannel lockFile =
        FileChannel.open(
            unlocked.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OwnerOnly.file(unlocked));
    lockFile.lock();
    String random = String.valueOf(unlocked.getFileName()).substring(UNLOCKED_PREFIX.length());
    Path path = real.resolve(PREFIX + random);
    OWN.add(path);
    Files.move(unlocked, path, StandardCopyOption.ATOMIC_MOVE);
    return new ScratchDirectory(path, lockFile);
  }

  private static void deleteAbandoned(Path parent) throws IOException {
    try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path each : candidates) {
        if (!OWN.contains(each)) {
          deleteUnlessInUse(each);
        }
      }
    }
  }

  private static void deleteUnlessInUse(Path each) {
    // The lock file of one that was half deleted may be gone: it is made again.
    try (FileChannel lockFile =
        FileChannel.open(
            each.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            OwnerOnly.file(each))) {
      if (lockFile.tryLock() != null) {
        deleteTree(each);
      }
    } catch (IOException e) {
      LOG.debug("{} is left to others", each, e);
    }
  }

  /** A place in it that does not exist yet. */
  Path file(String name) {
    return path.resolve(name);
  }

  /** Deletes it with all that is in it. */
  @Override
  public void close() throws IOException {
    deleteTree(path);
    lockFile.close();
    OWN.remove(path);
  }

  private static void deleteTree(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
