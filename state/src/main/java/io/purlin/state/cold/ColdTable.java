package io.purlin.state.cold;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one live table in a {@link ColdStore}.
 *
 * <p>An entry's whole key is table number (4 bytes), window number (8 bytes), key. So the entries
 * of a window stand together: one seek finds them, one range delete ends them. Where an entry
 * stands among them is its place: its whole key, unless that is long. Window numbers grow with
 * time, so that no seek runs over windows that are gone. A table that is found again in a copy has
 * the list of its windows behind them.
 *
 * <p>Owned by one thread.
 */
public final class ColdTable {
  /** What {@link #put} returns of an entry that only the database has. */
  public static final long NOWHERE = RecentValues.NONE;

  private static final int KEY_START = Integer.BYTES + Long.BYTES;
  private static final int PAGE_BYTES = 256 << 10;

  /** What is put together is written each time that it is so much, while caches still have it. */
  private static final int MOST_TOGETHER_BYTES = 64 << 10;

  /** Behind all keys of all tables, the list of tables included. */
  static final byte[] END = {-1, -1, -1, -1, -1};

  /** Stands for a window where a table has the list of its windows. */
  private static final long LIST = -1;

  private final ColdStore store;
  private final ColdAccesses counts;
  private final @Nullable KeptTable kept;
  private int number;
  private final List<byte[]> together = new ArrayList<>();
  private boolean isTogether;
  private int togetherBytes;
  private @Nullable RecentValues recent;
  private boolean isListed;
  private long windows;

  /**
   * @param counts of its owner
   * @param kept how it is found again in a copy; null when it is not
   */
  ColdTable(ColdStore store, ColdAccesses counts, int number, @Nullable KeptTable kept) {
    this.store = store;
    this.counts = counts;
    this.number = number;
    this.kept = kept;
  }

  /** A window that a copy has. Immutable. */
  public static final class KeptWindow {
    private final long number;
    private final byte[] description;

    KeptWindow(long number, byte[] description) {
      this.number = number;
      this.description = description;
    }

    /** Its number in the table. */
    public long number() {
      return number;
    }

    /** What was given to {@link #newWindow(byte[])}; not to be changed. */
    public byte[] description() {
      return description;
    }
  }

  /** Number for a window that has no entries yet. */
  public long newWindow() {
    return windows++;
  }

  /**
   * Number for a window that has no entries yet, and is to be found again in a copy.
   *
   * @param description of the window, in the owner's form
   */
  public long newWindow(byte[] description) {
    KeptTable what = kept;
    if (what == null) {
      throw new IllegalStateException("the table is not kept");
    }
    if (!isListed) {
      store(KeptTable.key(number), what.encoded());
      isListed = true;
    }
    long window = newWindow();
    store(listKey(window), description);
    return window;
  }

  /** The number of a window is not used any more; it has no entries. */
  public void forgetWindow(long window) {
    if (kept != null) {
      delete(listKey(window));
    }
  }

  /**
   * Takes over what the copy has of the table of this name, from which the store was made. Before
   * anything else is done.
   *
   * @return its windows in the order of their numbers; the last one counts of those that are equal
   */
  public List<KeptWindow> adopt() {
    ColdTable before = kept == null ? null : store.adopt(kept.name());
    if (before == null) {
      return List.of();
    }
    number = before.number;
    isListed = true;
    List<KeptWindow> found = before.windows();
    found.forEach(each -> windows = Math.max(windows, each.number() + 1));
    return found;
  }

  /** The windows of a table that is kept, in the order of their numbers. */
  public List<KeptWindow> windows() {
    List<KeptWindow> found = new ArrayList<>();
    forEachPage(
        LIST,
        start(number + 1),
        page -> {
          for (int i = 0; i < page.size(); i++) {
            long window = ByteBuffer.wrap(page.key(i)).getLong(KEY_START);
            found.add(new KeptWindow(window, page.value(i)));
          }
        });
    return found;
  }

  /** What the table is; of one that is kept. */
  public KeptTable kept() {
    if (kept == null) {
      throw new IllegalStateException("the table is not kept");
    }
    return kept;
  }

  /** Deletes everything of a table that is kept. */
  void delete() {
    store.write(
        database -> {
          database.deleteRange(start(number), start(number + 1), counts);
          database.delete(KeptTable.key(number), counts);
        });
  }

  private byte[] listKey(long window) {
    return ByteBuffer.allocate(KEY_START + Long.BYTES)
        .putInt(number)
        .putLong(LIST)
        .putLong(window)
        .array();
  }

  /** What is before all keys of a table. */
  static byte[] start(int table) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(table).array();
  }

  /** Where in a whole key the key itself begins. */
  public static int keyStart() {
    return KEY_START;
  }

  /** Writes what comes before the key into an array that is to be a whole key. */
  public void writeStart(byte[] wholeKey, long window) {
    ByteBuffer.wrap(wholeKey).putInt(number).putLong(window);
  }

  /**
   * From now on values that are put stay at hand beside the database for a while, so that they are
   * read at less cost. Before anything is put.
   *
   * @param mostIndexBytes how much of the heap may be taken now to find them; any number
   */
  public void keepRecent(LongSupplier mostIndexBytes) {
    recent = new RecentValues(store::newLog, mostIndexBytes);
  }

  /** Bytes of the heap that are taken to find recent values. */
  public long recentBytes() {
    return recent == null ? 0 : recent.indexBytes();
  }

  /** The value of a whole key; null when there is none. */
  public byte @Nullable [] get(byte[] wholeKey) {
    byte[] place = LongKeys.place(wholeKey);
    byte[] stored = recent == null ? null : recent.get(place);
    if (stored == null) {
      stored = store.read(database -> database.get(place, counts));
    }
    return stored == null ? null : LongKeys.value(place, stored);
  }

  /**
   * The value of a whole key, which costs less when it was put lately.
   *
   * @param position as {@link #put} gave it when the value was put
   */
  public byte @Nullable [] get(byte[] wholeKey, long position) {
    byte[] place = LongKeys.place(wholeKey);
    byte[] stored = recent == null ? null : recent.at(position, place);
    return stored == null ? get(wholeKey) : LongKeys.value(place, stored);
  }

  /**
   * Adds or replaces an entry.
   *
   * @return where it may be read again for a while; {@link #NOWHERE} when it may not
   */
  public long put(byte[] wholeKey, byte[] value) {
    byte[] place = LongKeys.place(wholeKey);
    byte[] stored = LongKeys.stored(wholeKey, value);
    store(place, stored);
    return recent == null ? NOWHERE : recent.put(place, stored);
  }

  private void store(byte[] place, byte[] stored) {
    if (isTogether) {
      together.add(place);
      together.add(stored);
      togetherBytes += place.length + stored.length;
      if (togetherBytes > MOST_TOGETHER_BYTES) {
        writeTogether();
      }
    } else {
      store.write(database -> database.put(place, stored, counts));
    }
  }

  /**
   * Writes what is put meanwhile many entries at once, which costs less than one after the other.
   * Until it returns they cannot be read, and nothing may be deleted.
   */
  public void together(Runnable puts) {
    isTogether = true;
    try {
      puts.run();
    } finally {
      isTogether = false;
      writeTogether();
    }
  }

  private void writeTogether() {
    if (!together.isEmpty()) {
      store.write(database -> database.putAll(together, counts));
      together.clear();
      togetherBytes = 0;
    }
  }

  /** Takes an entry out. */
  public void delete(byte[] wholeKey) {
    byte[] place = LongKeys.place(wholeKey);
    if (recent != null) {
      recent.forget(place);
    }
    store.write(database -> database.delete(place, counts));
  }

  /** Takes all entries of a window out. */
  public void deleteWindow(long window) {
    store.write(database -> database.deleteRange(bound(window), bound(window + 1), counts));
    forgetWindow(window);
  }

  /** What is before all whole keys of a window, and behind those of the one before it. */
  public byte[] bound(long window) {
    byte[] start = new byte[KEY_START];
    writeStart(start, window);
    return start;
  }

  /**
   * Some entries in the order of their places; none when there are none. Any thread.
   *
   * @param from the first place that may be among them
   * @param to the first place behind them
   */
  public ColdPage page(byte[] from, byte[] to) {
    ColdPage page = store.read(database -> database.read(from, to, PAGE_BYTES, counts));
    return Objects.requireNonNull(page);
  }

  /** Visits the entries of a window page by page; meanwhile they may be replaced or deleted. */
  public void forEachPage(long window, Consumer<ColdPage> visitor) {
    forEachPage(window, bound(window + 1), visitor);
  }

  private void forEachPage(long window, byte[] to, Consumer<ColdPage> visitor) {
    byte[] from = bound(window);
    while (from != null) {
      ColdPage page = page(from, to);
      if (page.size() > 0) {
        visitor.accept(page);
      }
      from = page.next();
    }
  }

  /**
   * Whether an entry, or the place of one, is before a place.
   *
   * @param place as {@link ColdPage#next} gives it
   */
  public static boolean isBefore(byte[] wholeKey, byte[] place) {
    return Arrays.compareUnsigned(LongKeys.place(wholeKey), place) < 0;
  }
}
