package io.purlin.conformance.faults.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system of its own at a folder, which can lose its power or be full. Needs the right to
 * mount. Owned by one thread.
 */
public final class Disk implements AutoCloseable {
  /** Of ext4: stops at once, and writes out nothing that is not on the disk already. */
  private static final String SHUTDOWN =
      "import fcntl,os,struct,sys; fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d,"
          + " struct.pack('I', 2))";

  private final Path folder;
  private final List<String> mount;

  private Disk(Path folder, List<String> mount) {
    this.folder = folder;
    this.mount = mount;
    run(mount);
  }

  /** Whether this machine lets us. */
  public static boolean isPossible() {
    return code(
            List.of(
                "sh",
                "-c",
                "test $(id -u) = 0 && command -v mkfs.ext4 && command -v python3 && test -e"
                    + " /dev/loop-control"))
        == 0;
  }

  /** An ext4 file system in a file beside the folder, which is then on it. */
  public static Disk ext4(Path folder, int megabytes) {
    Path image = folder.resolveSibling("disk.img");
    run(List.of("truncate", "-s", megabytes + "M", image.toString()));
    run(List.of("mkfs.ext4", "-q", "-F", image.toString()));
    return new Disk(
        folder,
        List.of("mount", "-o", "loop,errors=remount-ro", image.toString(), folder.toString()));
  }

  /** A small file system in memory. */
  public static Disk memory(Path folder, int megabytes) {
    return new Disk(
        folder,
        List.of(
            "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString()));
  }

  /** Cuts its power: whatever was not synced is gone, and every access fails from now on. */
  public void cut() {
    run(List.of("python3", "-c", SHUTDOWN, folder.toString()));
  }

  /**
   * Lets it find an error in itself, on which it becomes read-only at once, for files that are open
   * as well; as after {@link #cut}, {@link #powerOn} mends it.
   */
  public void becomeReadOnly() {
    String device = "$(basename $(findmnt -n -o SOURCE " + folder + "))";
    run(List.of("sh", "-c", "echo faults > /sys/fs/ext4/" + device + "/trigger_fs_error"));
  }

  /** Brings it back with what it holds. Nobody may have a file of it open. */
  public void powerOn() {
    run(List.of("umount", folder.toString()));
    run(mount);
  }

  /** Fills it to the last byte. */
  public void fill() {
    // It ends with an error, as it should: there is no room for more.
    code(List.of("dd", "status=none", "if=/dev/zero", "of=" + ballast(), "bs=64k"));
  }

  /** Makes room again. */
  public void free() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static void run(List<String> command) {
    int code = code(command);
    if (code != 0) {
      throw new IllegalStateException(command + " ends with " + code);
    }
  }

  private static int code(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw Interrupts.passOn(e);
    }
  }

  @Override
  public void close() {
    code(List.of("umount", folder.toString()));
  }
}
