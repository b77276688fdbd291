package io.purlin.state.cold;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and directories that their owner alone may read and change, on file systems that know of
 * that. What a job keeps is data of its users, and decides what the job will be. Stateless.
 */
public final class OwnerOnly {
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private OwnerOnly() {}

  /** What a new directory is made with. */
  public static FileAttribute<?>[] directory(Path path) {
    return attributes(path, DIRECTORY);
  }

  /** What a new file is made with. */
  public static FileAttribute<?>[] file(Path path) {
    return attributes(path, FILE);
  }

  private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Takes a directory that somebody else has made, and the files in it, away from others. */
  static void take(Path directory) throws IOException {
    if (!isPosix(directory)) {
      return;
    }
    Files.setPosixFilePermissions(directory, DIRECTORY);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path each : files) {
        if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
          Files.setPosixFilePermissions(each, FILE);
        }
      }
    }
  }

  /** Whether everyone may change what is in a directory. */
  public static boolean isOpenToAll(Path directory) throws IOException {
    return isPosix(directory)
        && Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE);
  }
}
