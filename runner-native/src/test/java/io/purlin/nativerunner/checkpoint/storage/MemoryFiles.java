package io.purlin.nativerunner.checkpoint.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory that forgets at a power cut what was not synced, tears the write in which
 * it happens, runs full, and lets bits flip. For one thread.
 */
public final class MemoryFiles implements CheckpointFiles {
  /** What is left, at a power cut, of what was not synced. */
  public enum Survival {
    /** Nothing. */
    NOTHING,
    /** All of it. */
    EVERYTHING,
    /** Some, by chance. */
    SOME
  }

  private static final class File {
    byte[] synced = new byte[0];
    final ByteArrayOutputStream data = new ByteArrayOutputStream();

    static File of(byte[] content) {
      File file = new File();
      file.synced = content;
      file.data.writeBytes(content);
      return file;
    }
  }

  private static final class Directory {
    final Map<String, Object> entries = new TreeMap<>();
    Map<String, Object> synced = new TreeMap<>();
  }

  private final Directory root;
  private final Set<Path> locks = new HashSet<>();
  private int operations;
  private int cutAt = Integer.MAX_VALUE;
  private Random tear = new Random(0);
  private long freeBytes = Long.MAX_VALUE;

  /** An empty disk. */
  public MemoryFiles() {
    this(new Directory());
  }

  private MemoryFiles(Directory root) {
    this.root = root;
  }

  /** How many operations that change something there have been. */
  int operations() {
    return operations;
  }

  /** The power goes off within the operation of this index, from 0; nothing works afterwards. */
  void cutAt(int operation, Random random) {
    cutAt = operation;
    tear = random;
  }

  /** Only so many bytes more can be written. */
  public void free(long bytes) {
    freeBytes = bytes;
  }

  /**
   * The same disk without the locks of a process that was killed: what it wrote is there, synced or
   * not.
   */
  public MemoryFiles afterKill() {
    return new MemoryFiles(root);
  }

  /** What is on the disk when the power is back. */
  public MemoryFiles afterPowerCut(Survival survival, Random random) {
    return new MemoryFiles(survive(root, survival, random, new java.util.IdentityHashMap<>()));
  }

  private static Directory survive(
      Directory before, Survival survival, Random random, Map<Object, Object> done) {
    Directory after = new Directory();
    Set<String> names = new HashSet<>(before.entries.keySet());
    names.addAll(before.synced.keySet());
    for (String name : names) {
      boolean live = lives(survival, random);
      Object entry = (live ? before.entries : before.synced).get(name);
      if (entry == null) {
        continue;
      }
      Object copy = done.get(entry);
      if (copy instanceof Directory) {
        // A directory that is being renamed may have its old name or its new one, never both.
        continue;
      }
      if (copy == null) {
        copy =
            entry instanceof File file
                ? File.of(survive(file, survival, random))
                : survive((Directory) entry, survival, random, done);
        done.put(entry, copy);
      }
      after.entries.put(name, copy);
    }
    after.synced = new TreeMap<>(after.entries);
    return after;
  }

  private static byte[] survive(File file, Survival survival, Random random) {
    byte[] all = file.data.toByteArray();
    if (survival == Survival.NOTHING || all.length == file.synced.length) {
      return file.synced;
    }
    if (survival == Survival.EVERYTHING) {
      return all;
    }
    int unsynced = all.length - file.synced.length;
    byte[] torn = Arrays.copyOf(all, file.synced.length + random.nextInt(unsynced + 1));
    for (int i = file.synced.length; i < torn.length; i++) {
      // A file may have its new length and not its new bytes.
      torn[i] = random.nextInt(4) == 0 ? 0 : torn[i];
    }
    return torn;
  }

  private static boolean lives(Survival survival, Random random) {
    return survival == Survival.EVERYTHING || (survival == Survival.SOME && random.nextBoolean());
  }

  /** An independent copy of what is there, all of it synced. */
  public MemoryFiles copy() {
    return afterPowerCut(Survival.EVERYTHING, new Random(0));
  }

  byte[] content(Path file) throws IOException {
    return file(file).data.toByteArray();
  }

  /** Puts other bytes in a file's place. */
  void replace(Path file, byte[] content) throws IOException {
    directory(parent(file)).entries.put(name(file), File.of(content));
  }

  private void operation() throws IOException {
    if (operations > cutAt) {
      throw new IOException("the power is off");
    }
    if (operations++ == cutAt) {
      throw new IOException("the power goes off");
    }
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    operation();
    if (directory(parent(directory)).entries.putIfAbsent(name(directory), new Directory())
        != null) {
      throw new IOException(directory + " exists");
    }
  }

  @Override
  public Output create(Path path) throws IOException {
    operation();
    File file = new File();
    if (directory(parent(path)).entries.putIfAbsent(name(path), file) != null) {
      throw new IOException(path + " exists");
    }
    return new Output() {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (operations == cutAt) {
          file.data.write(bytes, offset, tear.nextInt(length + 1));
        }
        operation();
        int fits = (int) Math.min(freeBytes, length);
        file.data.write(bytes, offset, fits);
        freeBytes -= fits;
        if (fits < length) {
          throw new IOException(path + ": no space left on device");
        }
      }

      @Override
      public void sync() throws IOException {
        operation();
        file.synced = file.data.toByteArray();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void sync(Path path) throws IOException {
    operation();
    File file = file(path);
    file.synced = file.data.toByteArray();
  }

  @Override
  public void syncDirectory(Path path) throws IOException {
    operation();
    Directory directory = directory(path);
    directory.synced = new TreeMap<>(directory.entries);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    operation();
    Object moved = entry(from);
    directory(parent(from)).entries.remove(name(from));
    directory(parent(to)).entries.put(name(to), moved);
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    operation();
    if (directory(parent(name)).entries.putIfAbsent(name(name), file(existing)) != null) {
      throw new IOException(name + " exists");
    }
  }

  @Override
  public List<String> list(Path path) throws IOException {
    return new ArrayList<>(directory(path).entries.keySet());
  }

  @Override
  public void delete(Path path) throws IOException {
    operation();
    if (find(path) instanceof Directory directory && !directory.entries.isEmpty()) {
      throw new IOException(path + " is not empty");
    }
    directory(parent(path)).entries.remove(name(path));
  }

  @Override
  public boolean exists(Path path) {
    return find(path) != null;
  }

  @Override
  public long size(Path path) throws IOException {
    return file(path).data.size();
  }

  @Override
  public InputStream read(Path path, long offset) throws IOException {
    InputStream in = new ByteArrayInputStream(file(path).data.toByteArray());
    long skipped = in.skip(offset);
    assert skipped <= offset;
    return in;
  }

  @Override
  public Closeable lock(Path file) throws IOException {
    if (!locks.add(file)) {
      throw new CheckpointUnavailableException(file + " is locked");
    }
    return () -> locks.remove(file);
  }

  private @Nullable Object find(Path path) {
    Object at = root;
    for (Path each : path) {
      at = at instanceof Directory directory ? directory.entries.get(each.toString()) : null;
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  private Object entry(Path path) throws IOException {
    Object entry = find(path);
    if (entry == null) {
      throw new IOException(path + " does not exist");
    }
    return entry;
  }

  private Directory directory(Path path) throws IOException {
    if (entry(path) instanceof Directory directory) {
      return directory;
    }
    throw new IOException(path + " is no directory");
  }

  private File file(Path path) throws IOException {
    if (entry(path) instanceof File file) {
      return file;
    }
    throw new IOException(path + " is no file");
  }

  private static Path parent(Path path) {
    return JobLayout.parent(path);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
