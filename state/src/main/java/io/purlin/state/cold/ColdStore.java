package io.purlin.state.cold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * A job's state beyond the heap: one RocksDB database, made when it is first written to.
 *
 * <p>Used by any thread. Closing waits for those who are reading or writing, and whoever comes
 * later is refused: native memory is never used after it is gone. Lives as long as an attempt to
 * run the job; nothing of it survives.
 */
public final class ColdStore implements AutoCloseable {
  private final ColdSettings settings;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private final AtomicInteger tables = new AtomicInteger();
  private volatile @Nullable ColdDatabase database;
  private volatile boolean closed;

  /** A store that has nothing in it and uses no resource yet. */
  public ColdStore(ColdSettings settings) {
    this.settings = settings;
  }

  /** A new table, empty. */
  public ColdTable table() {
    return new ColdTable(this, tables.getAndIncrement());
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
        found = new ColdDatabase(settings);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      database = found;
    }
    return found;
  }

  /** Closes the database and deletes its files. */
  @Override
  public void close() throws IOException {
    use.writeLock().lock();
    try {
      ColdDatabase last = database;
      closed = true;
      database = null;
      if (last != null) {
        last.close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
