package io.purlin.state.values;

import io.purlin.state.StateMemory;
import io.purlin.state.bytes.ReusedBytes;
import io.purlin.state.cold.ColdPage;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.ColdTable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/**
 * Makes, writes and reads the {@link ValueList}s of one state of one task.
 *
 * <p>A chunk stands on the cold side under (list, its place), so that lists are read by scanning
 * and appended to by one write. A chunk is its number of values and then the values. Owned by the
 * task's thread, but for what readers call.
 */
public final class ValueLists {
  private static final int MOST_CHUNK_BYTES = 16 << 10;
  private static final int LEAST_SEAL = 8;
  private static final int SINGLE_DELETES = 64;
  private static final int WORTH = 8;

  private final Coder<Object> coder;
  private final ColdTable entries;
  private final int chunkBytes;
  private final Leases leases = new Leases();
  private final ReusedBytes bytes = new ReusedBytes();
  private final DataOutputStream out = new DataOutputStream(bytes);

  /**
   * @param valueCoder of the values
   * @param store where chunks go
   * @param memory how much there may be of what is not in chunks, as the task uses it
   */
  @SuppressWarnings("unchecked") // the coder is only ever given its own values
  public ValueLists(Coder<?> valueCoder, ColdStore store, StateMemory memory) {
    this.coder = (Coder<Object>) valueCoder;
    this.entries = store.table(memory.accesses());
    this.chunkBytes = (int) Math.max(1, Math.min(memory.limitBytes() >> 10, MOST_CHUNK_BYTES));
  }

  /** An empty list. */
  public ValueList create() {
    return new ValueList(this, Math.min(LEAST_SEAL, chunkBytes));
  }

  Coder<Object> coder() {
    return coder;
  }

  /**
   * Makes the tail a chunk if it is large enough for one.
   *
   * @return how long the tail is to be when this is asked again
   */
  int seal(ValueList list) {
    int values = list.tail().size();
    int size = encode(list.tail());
    if (2 * size >= chunkBytes) {
      put(list);
      return (int) Math.max(1, (long) values * chunkBytes / size);
    }
    // By the average, but not blindly: the next values may be larger.
    return (int) Math.max(values + 1, Math.min(4L * values, (long) values * chunkBytes / size));
  }

  void sealIfWorth(ValueList list) {
    if (WORTH * (long) encode(list.tail()) >= chunkBytes) {
      put(list);
    }
  }

  /** Leaves the encoded chunk in the buffer; returns its size. */
  private int encode(List<@Nullable Object> values) {
    bytes.begin();
    try {
      out.writeInt(values.size());
      for (Object each : values) {
        encode(each, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a value cannot be put away", e);
    }
    return bytes.size();
  }

  @SuppressWarnings("NullAway") // whether null can be encoded is the coder's decision
  private void encode(@Nullable Object value, OutputStream to) throws IOException {
    coder.encode(value, to);
  }

  private void put(ValueList list) {
    leases.settle(this::delete);
    if (list.number == ValueList.NONE) {
      list.number = entries.newWindow();
    }
    entries.put(wholeKey(list.number, list.chunks), bytes.toByteArray());
    list.sealedTail();
  }

  private byte[] wholeKey(long list, int chunk) {
    byte[] wholeKey = new byte[ColdTable.keyStart() + Integer.BYTES];
    entries.writeStart(wholeKey, list);
    ByteBuffer.wrap(wholeKey).putInt(ColdTable.keyStart(), chunk);
    return wholeKey;
  }

  /** Some chunks from one on; none when there are no more. Any thread. */
  ColdPage chunks(long list, int from, int to) {
    return entries.page(wholeKey(list, from), wholeKey(list, to));
  }

  StoredValues stored(ValueList list, List<@Nullable Object> tail) {
    leases.settle(this::delete);
    return new StoredValues(this, leases.lend(list.number), list, tail);
  }

  void drop(ValueList list) {
    leases.drop(list.number, list.chunks, this::delete);
  }

  private void delete(long list, int chunks) {
    if (chunks > SINGLE_DELETES) {
      entries.deleteWindow(list);
      return;
    }
    for (int i = 0; i < chunks; i++) {
      entries.delete(wholeKey(list, i));
    }
  }

  /** Writes all values, as Beam's coder of lists does. */
  public void write(ValueList list, OutputStream to) throws IOException {
    DataOutputStream data = new DataOutputStream(to);
    data.writeInt(Math.toIntExact(list.size()));
    for (int next = 0; next < list.chunks; ) {
      ColdPage page = chunks(list.number, next, list.chunks);
      if (page.size() == 0) {
        throw new IOException(
            "chunk " + next + " of " + list.chunks + " that was put away is gone");
      }
      for (int i = 0; i < page.size(); i++) {
        byte[] chunk = page.value(i);
        // The values stand in it just as here, behind their number.
        data.write(chunk, Integer.BYTES, chunk.length - Integer.BYTES);
      }
      next += page.size();
    }
    for (Object each : list.tail()) {
      encode(each, data);
    }
  }

  /** Reads what {@link #write} wrote. */
  public ValueList read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    ValueList list = create();
    for (int left = data.readInt(); left > 0; left--) {
      list.add(coder.decode(data));
    }
    return list;
  }

  /** Writes where the chunks are and which values are in none. */
  public void putAway(ValueList list, OutputStream to) throws IOException {
    DataOutputStream data = new DataOutputStream(to);
    data.writeInt(list.chunks);
    if (list.chunks > 0) {
      data.writeLong(list.number);
      data.writeLong(list.sealed);
    }
    data.writeInt(list.tail().size());
    for (Object each : list.tail()) {
      encode(each, data);
    }
  }

  /** Reads what {@link #putAway} wrote, in the same process. */
  public ValueList fetch(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    ValueList list = create();
    list.chunks = data.readInt();
    if (list.chunks > 0) {
      list.number = data.readLong();
      list.sealed = data.readLong();
    }
    for (int left = data.readInt(); left > 0; left--) {
      list.tail().add(coder.decode(data));
    }
    return list;
  }
}
