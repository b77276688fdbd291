package io.purlin.state.cold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.CompactionOptionsUniversal;
import org.rocksdb.CompressionType;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * An open RocksDB database in a scratch directory, and every native object that belongs to it.
 *
 * <p>Any thread may use it, but nobody during or after {@link #close}: native memory would be read
 * that is gone. {@link ColdStore} sees to that. Whoever reads or writes says for whom it counts.
 * Filters and indexes are partitioned and stay in the block cache, because a cache that does not
 * hold them makes every read twenty times slower.
 */
final class ColdDatabase implements AutoCloseable {
  private static final long LEAST_BYTES = 1 << 20;
  private static final int FILTER_BITS_PER_KEY = 10;
  private static final int BLOCK_BYTES = 8 << 10;
  private static final int FORMAT = 6;

  /** Of the block cache, for indexes and filters: what many cells need must not go for one. */
  private static final double METADATA_SHARE = 0.5;

  /** Of a write buffer, for a filter of its keys: most keys asked for are in no write buffer. */
  private static final double BUFFER_FILTER_SHARE = 0.02;

  /**
   * Values from so many bytes on are in files of their own, so that merging moves their places
   * only, and reading one does not read its neighbours.
   */
  private static final int LEAST_APART_BYTES = 512;

  private static final long APART_FILE_BYTES = 16 << 20;

  /** Old files of values of which so much is valid are written anew when they are met. */
  private static final double OLD_SHARE = 0.25;

  /** How much may be kept beyond what is valid, in percent, until universal compaction drops it. */
  private static final int MOST_OUTDATED = 100;

  /**
   * So many files of one write buffer each are merged: with fewer, cells are written more often.
   */
  private static final int FILES_TO_MERGE = 8;

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final ScratchDirectory scratch;
  private final RocksDB db;
  private final WriteOptions writeOptions;
  private final ReadOptions readOptions;

  /**
   * Opens a database. One that has something in it merges no files before {@link #merge}: it has
   * nothing to gain by that, and takes a core from the restart that opens it.
   *
   * @param from what is in it; null: nothing
   */
  ColdDatabase(ColdSettings settings, @Nullable ColdCopy from) throws IOException {
    try {
      scratch = own(ScratchDirectory.in(settings.directory()));
      ColdStore.loadLibrary();
      Path path = scratch.file("db");
      if (from == null) {
        Files.createDirectory(path, OwnerOnly.directory(path));
      } else {
        from.linkTo(path);
      }
      Options options = options(settings, from == null).setErrorIfExists(from == null);
      db = own(RocksDB.open(options, path.toString()));
      // What is here need not survive: a checkpoint has its own copy.
      writeOptions = own(new WriteOptions()).setDisableWAL(true);
      readOptions = own(new ReadOptions());
    } catch (RocksDBException e) {
      close();
      throw new IOException("RocksDB cannot be opened in " + settings.directory(), e);
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Options options(ColdSettings settings, boolean merges) {
    long managed = Math.max(LEAST_BYTES, settings.managedBytes());
    RocksDbPreset preset = settings.preset();
    Cache cache = own(new LRUCache(managed, -1, false, METADATA_SHARE));
    // Write buffers are charged to the cache, so that the two together keep within the budget.
    WriteBufferManager buffers =
        own(new WriteBufferManager(managed / preset.writeShare, cache, false));
    return own(new Options())
        .setCreateIfMissing(true)
        .setWriteBufferManager(buffers)
        .setWriteBufferSize(preset.writeBufferBytes(managed))
        .setMaxWriteBufferNumber(preset.writeBuffers)
        .setMaxBackgroundJobs(preset.backgroundJobs)
        .setCompactionStyle(preset.compaction)
        .setCompactionOptionsUniversal(
            own(new CompactionOptionsUniversal()).setMaxSizeAmplificationPercent(MOST_OUTDATED))
        .setLevel0FileNumCompactionTrigger(FILES_TO_MERGE)
        .setDisableAutoCompactions(!merges)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setMemtablePrefixBloomSizeRatio(BUFFER_FILTER_SHARE)
        .setMemtableWholeKeyFiltering(true)
        .setEnableBlobFiles(true)
        .setMinBlobSize(LEAST_APART_BYTES)
        .setBlobFileSize(APART_FILE_BYTES)
        .setBlobCompressionType(CompressionType.LZ4_COMPRESSION)
        .setEnableBlobGarbageCollection(true)
        .setBlobGarbageCollectionAgeCutoff(OLD_SHARE)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(BLOCK_BYTES)
                .setFilterPolicy(own(new BloomFilter(FILTER_BITS_PER_KEY)))
                .setFormatVersion(FORMAT)
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setPinTopLevelIndexAndFilter(true)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true))
        .setAvoidFlushDuringShutdown(true)
        .setInfoLogLevel(InfoLogLevel.HEADER_LEVEL)
        .setKeepLogFileNum(1)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  private <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  byte @Nullable [] get(byte[] key, ColdAccesses counts) throws RocksDBException {
    counts.asked();
    byte[] found = db.get(readOptions, key);
    if (found != null) {
      counts.found();
    }
    return found;
  }

  void put(byte[] key, byte[] value, ColdAccesses counts) throws RocksDBException {
    counts.write(1);
    db.put(writeOptions, key, value);
  }

  /**
   * Puts entries at once.
   *
   * @param keysAndValues a key, its value, the next key, and so on
   */
  void putAll(List<byte[]> keysAndValues, ColdAccesses counts) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      for (int i = 0; i < keysAndValues.size(); i += 2) {
        batch.put(keysAndValues.get(i), keysAndValues.get(i + 1));
      }
      counts.write(batch.count());
      db.write(writeOptions, batch);
    }
  }

  void delete(byte[] key, ColdAccesses counts) throws RocksDBException {
    counts.write(1);
    db.delete(writeOptions, key);
  }

  void deleteRange(byte[] from, byte[] to, ColdAccesses counts) throws RocksDBException {
    counts.deleteRange();
    db.deleteRange(writeOptions, from, to);
  }

  /**
   * Copies entries in the order of their places.
   *
   * @param from the first place that may be among them
   * @param to the first place behind them
   * @param mostBytes after how many bytes to stop
   */
  ColdPage read(byte[] from, byte[] to, long mostBytes, ColdAccesses counts)
      throws RocksDBException {
    ColdPage page = new ColdPage();
    try (Slice end = new Slice(to);
        ReadOptions bounded = new ReadOptions().setIterateUpperBound(end);
        RocksIterator entries = db.newIterator(bounded)) {
      entries.seek(from);
      while (entries.isValid() && page.bytes() < mostBytes) {
        page.add(entries.key(), entries.value());
        entries.next();
      }
      entries.status();
      if (!entries.isValid()) {
        page.isLast();
      }
    }
    counts.page(page.size());
    return page;
  }

  /** Merges files from now on, when there are too many. */
  void merge() throws RocksDBException {
    db.enableAutoCompaction(List.of(db.getDefaultColumnFamily()));
  }

  /** Whether files are merged when there are too many. */
  boolean merges() throws RocksDBException {
    return !db.getOptions().disableAutoCompactions();
  }

  /** Bytes of all files and write buffers. */
  long bytes() throws RocksDBException {
    return db.getLongProperty("rocksdb.total-sst-files-size")
        + db.getLongProperty("rocksdb.total-blob-file-size")
        + db.getLongProperty("rocksdb.size-all-mem-tables");
  }

  /** A place beside the database that does not exist yet, and goes with it. */
  Path beside(String name) {
    return scratch.file(name);
  }

  /** Makes a copy in a directory that does not exist yet. */
  void copyTo(Path target) throws RocksDBException {
    try (Checkpoint checkpoint = Checkpoint.create(db)) {
      checkpoint.createCheckpoint(target.toString());
    }
    try {
      // RocksDB makes files that everyone may read.
      OwnerOnly.take(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes everything, the newest first, and deletes the files. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (AutoCloseable each = owned.poll(); each != null; each = owned.poll()) {
      try {
        each.close();
      } catch (Exception e) {
        failure = failure == null ? new IOException("RocksDB cannot be closed", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
