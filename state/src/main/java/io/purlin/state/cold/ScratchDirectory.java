package io.purlin.state.cold;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that lives as long as it is open. Its lock file is held meanwhile, so that what a
 * killed process left behind can be told from what is in use, and is deleted by the next one.
 */
final class ScratchDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScratchDirectory.class);
  private static final String PREFIX = "purlin-state-";
  private static final String LOCK = "in-use";

  private final Path path;
  private final FileChannel lockFile;

  private ScratchDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /** Makes a new one in a directory, which is made as well, and deletes abandoned ones there. */
  static ScratchDirectory in(Path parent) throws IOException {
    Files.createDirectories(parent);
    deleteAbandoned(parent);
    Path path = Files.createTempDirectory(parent, PREFIX);
    FileChannel lockFile =
        FileChannel.open(
            path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lockFile.lock();
    return new ScratchDirectory(path, lockFile);
  }

  private static void deleteAbandoned(Path parent) throws IOException {
    try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path each : candidates) {
        // One without a lock file may be another's that is just being made: it is left alone.
        try (FileChannel lockFile =
            FileChannel.open(each.resolve(LOCK), StandardOpenOption.WRITE)) {
          if (tryLock(lockFile) != null) {
            deleteTree(each);
          }
        } catch (IOException e) {
          LOG.debug("{} is left to others", each, e);
        }
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // In use by this very process.
      return null;
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
