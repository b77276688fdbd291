package io.purlin.state.values;

import io.purlin.state.cold.ColdPage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ValueList} with chunks held at one moment. Immutable; each iteration reads the
 * chunks anew, some at a time. May be read by any thread until its job has ended.
 */
final class StoredValues implements Iterable<@Nullable Object> {
  private final ValueLists home;
  private final Leases.Lease lease;
  private final long list;
  private final int chunks;
  private final long sealed;
  private final List<@Nullable Object> tail;

  StoredValues(ValueLists home, Leases.Lease lease, ValueList source, List<@Nullable Object> tail) {
    this.home = home;
    this.lease = lease;
    this.list = source.number;
    this.chunks = source.chunks;
    this.sealed = source.sealed;
    this.tail = tail;
  }

  @Override
  public Iterator<@Nullable Object> iterator() {
    return new Reader();
  }

  @Override
  public String toString() {
    return sealed + tail.size() + " values";
  }

  /** Goes once over all values. Used by one thread. */
  private final class Reader implements Iterator<@Nullable Object> {
    private final Iterator<@Nullable Object> rest = tail.iterator();
    private long unread = sealed;
    private int nextChunk;
    private ColdPage page = ColdPage.EMPTY;
    private int nextOfPage;
    private ByteArrayInputStream chunk = new ByteArrayInputStream(new byte[0]);
    private int unreadOfChunk;

    @Override
    public boolean hasNext() {
      return unread > 0 || rest.hasNext();
    }

    @Override
    public @Nullable Object next() {
      if (unread == 0) {
        return rest.next();
      }
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      try {
        while (unreadOfChunk == 0) {
          openChunk();
        }
        unread--;
        unreadOfChunk--;
        return home.coder().decode(chunk);
      } catch (IOException e) {
        throw new UncheckedIOException("a value that was put away cannot be read", e);
      }
    }

    private ColdPage nextPage() {
      try {
        return home.chunks(list, nextChunk, chunks);
      } finally {
        // Only now may the chunks be deleted, should nobody else read them.
        Reference.reachabilityFence(lease);
      }
    }

    private void openChunk() throws IOException {
      if (nextOfPage == page.size()) {
        page = nextPage();
        nextOfPage = 0;
        if (page.size() == 0) {
          throw new IllegalStateException(unread + " values that were put away are gone");
        }
        nextChunk += page.size();
      }
      chunk = new ByteArrayInputStream(page.value(nextOfPage++));
      unreadOfChunk = new DataInputStream(chunk).readInt();
    }
  }
}
