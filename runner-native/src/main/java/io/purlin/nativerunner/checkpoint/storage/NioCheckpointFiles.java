package io.purlin.nativerunner.checkpoint.storage;

import io.purlin.state.cold.OwnerOnly;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The machine's file system. Has no state but the locks of this process; for all threads. */
public final class NioCheckpointFiles implements CheckpointFiles {
  /**
   * Locks of this process. Asked before a lock file is opened: on POSIX systems, closing any
   * descriptor of a file frees all locks that the process has on it.
   */
  private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

  private static final int PID_BYTES = 32;

  @Override
  public boolean areOnDisk() {
    return true;
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    Files.createDirectory(directory, OwnerOnly.directory(directory));
  }

  @Override
  public void refuseIfOpenToAll(Path directory) throws IOException {
    if (OwnerOnly.isOpenToAll(directory)) {
      throw new CheckpointUnavailableException(
          directory
              + " can be changed by every user of this machine, and who changes it decides what the"
              + " job will do. Take that right away (chmod o-w), or name another directory.");
    }
  }

  @Override
  public Output create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            OwnerOnly.file(file));
    return new ChannelOutput(channel);
  }

  /** Writes through to the channel. Owned by the writer's thread. */
  private record ChannelOutput(FileChannel channel) implements Output {
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    @Override
    public void sync() throws IOException {
      channel.force(true);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  @Override
  public void sync(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      channel.force(true);
    }
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    try {
      Files.createLink(name, existing);
    } catch (UnsupportedOperationException e) {
      try (FileChannel from =
              FileChannel.open(existing, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
          FileChannel to =
              FileChannel.open(
                  name,
                  Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  OwnerOnly.file(name))) {
        for (long at = 0; at < from.size(); ) {
          at += from.transferTo(at, from.size() - at, to);
        }
        to.force(true);
      }
    }
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path each : entries) {
        names.add(String.valueOf(each.getFileName()));
      }
    }
    return names;
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public long size(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new CheckpointCorruptException(file, "is not a regular file");
    }
    return Files.size(file);
  }

  @Override
  public InputStream read(Path file, long offset) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    channel.position(offset);
    return Channels.newInputStream(channel);
  }

  @Override
  public Closeable lock(Path file) throws IOException {
    Path real = JobLayout.parent(file).toRealPath().resolve(file.getFileName());
    if (!LOCKED.add(real)) {
      throw held(real, String.valueOf(ProcessHandle.current().pid()));
    }
    boolean locked = false;
    try {
      Closeable lock = lockAgainstOthers(real);
      locked = true;
      return lock;
    } finally {
      if (!locked) {
        LOCKED.remove(real);
      }
    }
  }

  private static Closeable lockAgainstOthers(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            OwnerOnly.file(file));
    boolean locked = false;
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        ByteBuffer pid = ByteBuffer.allocate(PID_BYTES);
        channel.read(pid, 0);
        pid.flip();
        throw held(file, StandardCharsets.US_ASCII.decode(pid).toString().trim());
      }
      channel.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      locked = true;
      return () -> {
        channel.close();
        LOCKED.remove(file);
      };
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static CheckpointUnavailableException held(Path file, String pid) {
    return new CheckpointUnavailableException(
        JobLayout.parent(file)
            + " is in use by process "
            + pid
            + ": the job runs already. Stop it, or give this one another name or directory.");
  }
}
