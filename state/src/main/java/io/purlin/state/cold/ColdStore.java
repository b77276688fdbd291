package io.purlin.state.cold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * A job's state beyond the heap: one RocksDB database, made when it is first written to, or from a
 * copy of another one.
 *
 * <p>Used by any thread. Closing waits for those who are reading or writing, and whoever comes
 * later is refused: native memory is never used after it is gone. Lives as long as an attempt to
 * run the job; what is to survive is copied.
 */
public final class ColdStore implements AutoCloseable {
  /** Of a log. A table has two at most. */
  private static final long MOST_LOG_BYTES = 512L << 20;

  private final ColdSettings settings;
  private final @Nullable ColdCopy from;
  private final ColdAccesses ownAccesses = new ColdAccesses();
  private final Map<String, ColdTable> kept = new TreeMap<>();
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private final AtomicInteger tables = new AtomicInteger();
  private final AtomicInteger newLogs = new AtomicInteger();
  private final Set<ValueLog> logs = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ColdDatabase database;
  private volatile boolean closed;

  /** A store that has nothing in it and uses no resource yet. */
  public ColdStore(ColdSettings settings) {
    this.settings = settings;
    this.from = null;
  }

  private ColdStore(ColdSettings settings, ColdCopy from) {
    this.settings = settings;
    this.from = from;
  }

  /**
   * Opens a store that has everything that a copy has. Costs next to nothing where the copy's files
   * can be linked.
   *
   * @throws IOException when the copy cannot be opened; nothing is left then
   */
  public static ColdStore of(ColdSettings settings, ColdCopy copy) throws IOException {
    ColdStore store = new ColdStore(settings, copy);
    boolean ready = false;
    try {
      store.readList();
      ready = true;
      return store;
    } catch (UncheckedIOException e) {
      throw new IOException(
          "the copy of state " + copy + " cannot be opened: " + e.getMessage(), e);
    } finally {
      if (!ready) {
        store.close();
      }
    }
  }

  /**
   * Loads RocksDB itself, which takes a fifth of a second, once in a process; one caller waits for
   * another, and is told as well when it cannot be loaded. Who opens a store need not call it.
   */
  public static synchronized void loadLibrary() {
    RocksDB.loadLibrary();
  }

  /** The version of RocksDB that is loaded, such as 10.2.1; loads it first. */
  public static String libraryVersion() {
    loadLibrary();
    return RocksDB.rocksdbVersion().toString();
  }

  private void readList() throws IOException {
    ColdTable list = new ColdTable(this, ownAccesses, KeptTable.LIST, null);
    NavigableSet<Integer> numbers = new TreeSet<>();
    byte[] from = KeptTable.key(0);
    while (from != null) {
      ColdPage page = list.page(from, ColdTable.END);
      for (int i = 0; i < page.size(); i++) {
        int number = KeptTable.number(page.key(i));
        KeptTable what = KeptTable.of(page.value(i));
        kept.put(what.name(), new ColdTable(this, ownAccesses, number, what));
        numbers.add(number);
      }
      from = page.next();
    }
    int next = 0;
    for (int each : numbers) {
      deleteTables(next, each);
      next = each + 1;
    }
    deleteTables(next, KeptTable.LIST);
    tables.set(next);
  }

  /**
   * Tables that nobody can find again are in a copy as well: without this the new ones that get
   * their numbers would have their entries.
   */
  private void deleteTables(int first, int end) {
    if (first != end) {
      write(
          database ->
              database.deleteRange(ColdTable.start(first), ColdTable.start(end), ownAccesses));
    }
  }

  /** Whether everything is here that is in the copy. */
  public boolean isFrom(ColdCopy copy) {
    return copy.equals(from);
  }

  /** Whether anything was ever written, so that there is something to be copied. */
  public boolean isInUse() {
    return database != null;
  }

  /**
   * Makes a copy of everything that is here now, by hard links where it is in files. Takes as long
   * as writing what is not; others may go on meanwhile, and what they write is in the copy or not.
   *
   * @param target a directory that does not exist yet, on the same file system; its parent does
   */
  public void copyTo(Path target) {
    write(database -> database.copyTo(target));
  }

  /**
   * A new table, empty, which is not found again in a copy.
   *
   * @param counts of the thread that will own it
   */
  public ColdTable table(ColdAccesses counts) {
    return new ColdTable(this, counts, tables.getAndIncrement(), null);
  }

  /**
   * A new table, empty, which is found again in a copy.
   *
   * @param counts of the thread that will own it
   */
  public ColdTable table(ColdAccesses counts, KeptTable what) {
    return new ColdTable(this, counts, tables.getAndIncrement(), what);
  }

  /** The tables of the copy from which this store was made, that nobody has adopted; to be read. */
  public synchronized List<ColdTable> kept() {
    return List.copyOf(kept.values());
  }

  /** The table of a name in the copy from which this store was made; nobody else gets it. */
  synchronized @Nullable ColdTable adopt(String name) {
    return kept.remove(name);
  }

  /**
   * Everybody has adopted what they need: deletes all other tables of the copy, which nobody can
   * adopt any more, and begins to merge files.
   */
  public synchronized void takenOver() {
    kept.values().forEach(ColdTable::delete);
    kept.clear();
    if (from != null) {
      write(ColdDatabase::merge);
    }
  }

  /**
   * Bytes of files and write buffers; 0 while there are none, and once the store is closed. Any
   * thread.
   */
  public long bytes() {
    use.readLock().lock();
    try {
      ColdDatabase found = database;
      return found == null ? 0 : found.bytes();
    } catch (RocksDBException e) {
      throw new UncheckedIOException(new IOException("RocksDB: " + e.getMessage(), e));
    } finally {
      use.readLock().unlock();
    }
  }

  /** What is done with the database while it cannot be closed. */
  interface Read<T> {
    @Nullable T in(ColdDatabase database) throws RocksDBException;
  }

  /** As {@link Read}, without a result. */
  interface Write {
    void in(ColdDatabase database) throws RocksDBException;
  }

  /** As {@link #read}, without a result. */
  void write(Write what) {
    read(
        database -> {
          what.in(database);
          return null;
        });
  }

  /**
   * Uses the database.
   *
   * @throws IllegalStateException when the store is closed
   * @throws UncheckedIOException when RocksDB refuses
   */
  <T> @Nullable T read(Read<T> what) {
    use.readLock().lock();
    try {
      return what.in(open());
    } catch (RocksDBException e) {
      throw new UncheckedIOException(new IOException("RocksDB: " + e.getMessage(), e));
    } finally {
      use.readLock().unlock();
    }
  }

  private ColdDatabase open() {
    ColdDatabase found = database;
    return found != null ? found : openFirst();
  }

  private synchronized ColdDatabase openFirst() {
    if (closed) {
      throw new IllegalStateException("state was asked for after its job had ended");
    }
    ColdDatabase found = database;
    if (found == null) {
      try {
        found = new ColdDatabase(settings, from);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      database = found;
    }
    return found;
  }

  /** A new log beside the database, closed with it at the latest. */
  ValueLog newLog() {
    use.readLock().lock();
    try {
      Path path = open().beside("values-" + newLogs.getAndIncrement());
      ValueLog log = new ValueLog(path, logs::remove, MOST_LOG_BYTES);
      logs.add(log);
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException("values that are put away cannot be kept", e);
    } finally {
      use.readLock().unlock();
    }
  }

  /** Closes the database and deletes its files. */
  @Override
  public void close() throws IOException {
    use.writeLock().lock();
    try {
      ColdDatabase last = database;
      closed = true;
      database = null;
      for (ValueLog each : logs) {
        each.close();
      }
      if (last != null) {
        last.close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
