package io.purlin.state.cold;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one live table in a {@link ColdStore}.
 *
 * <p>An entry's whole key is table number (4 bytes), window number (8 bytes), key. So the entries
 * of a window stand together: one seek finds them, one range delete ends them. Window numbers grow
 * with time, so that no seek runs over windows that are gone.
 *
 * <p>Owned by one thread.
 */
public final class ColdTable {
  private static final int KEY_START = Integer.BYTES + Long.BYTES;
  private static final int PAGE_BYTES = 256 << 10;

  private final ColdStore store;
  private final int number;
  private long windows;

  ColdTable(ColdStore store, int number) {
    this.store = store;
    this.number = number;
  }

  /** Number for a window that has no entries yet. */
  public long newWindow() {
    return windows++;
  }

  /** Where in a whole key the key itself begins. */
  public static int keyStart() {
    return KEY_START;
  }

  /** Writes what comes before the key into an array that is to be a whole key. */
  public void writeStart(byte[] wholeKey, long window) {
    ByteBuffer.wrap(wholeKey).putInt(number).putLong(window);
  }

  /** The value of a whole key; null when there is none. */
  public byte @Nullable [] get(byte[] wholeKey) {
    return store.read(database -> database.get(wholeKey));
  }

  /** Adds or replaces an entry. */
  public void put(byte[] wholeKey, byte[] value) {
    store.write(database -> database.put(wholeKey, value));
  }

  /** Takes an entry out. */
  public void delete(byte[] wholeKey) {
    store.write(database -> database.delete(wholeKey));
  }

  /** Takes all entries of a window out. */
  public void deleteWindow(long window) {
    store.write(database -> database.deleteRange(bound(window), bound(window + 1)));
  }

  /** What is before all whole keys of a window, and behind those of the one before it. */
  public byte[] bound(long window) {
    byte[] start = new byte[KEY_START];
    writeStart(start, window);
    return start;
  }

  /**
   * Some entries in the order of their keys; none when there are none. Any thread.
   *
   * @param from the first whole key that may be among them
   * @param to the first whole key behind them
   */
  public ColdPage page(byte[] from, byte[] to) {
    ColdPage page = store.read(database -> database.read(from, to, PAGE_BYTES));
    return Objects.requireNonNull(page);
  }

  /** Visits the entries of a window page by page; meanwhile they may be replaced or deleted. */
  public void forEachPage(long window, Consumer<ColdPage> visitor) {
    byte[] from = bound(window);
    byte[] to = bound(window + 1);
    while (true) {
      ColdPage page = page(from, to);
      if (page.size() > 0) {
        visitor.accept(page);
      }
      if (page.last()) {
        return;
      }
      from = next(page.key(page.size() - 1));
    }
  }

  /** The least key that is greater: the same with a zero behind it. */
  public static byte[] next(byte[] wholeKey) {
    return Arrays.copyOf(wholeKey, wholeKey.length + 1);
  }
}
