package io.purlin.state.cold;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * A table that is found again in a copy of its store. Immutable.
 *
 * <p>The list of these tables stands in the database as a table of its own, behind all others.
 */
public final class KeptTable {
  /** The number of the table of tables. */
  static final int LIST = -1;

  private final String name;
  private final byte[] description;

  /**
   * @param name unique in the store
   * @param description what its owner wants to know of it, in the owner's own form; not changed any
   *     more
   */
  public KeptTable(String name, byte[] description) {
    this.name = name;
    this.description = description;
  }

  /** Unique in the store. */
  public String name() {
    return name;
  }

  /** What its owner wants to know of it; not to be changed. */
  public byte[] description() {
    return description;
  }

  /** The key of a table's entry in the list. */
  static byte[] key(int table) {
    return ByteBuffer.allocate(ColdTable.keyStart()).putInt(LIST).putLong(table).array();
  }

  /** The number in such a key. */
  static int number(byte[] key) {
    return (int) ByteBuffer.wrap(key).getLong(Integer.BYTES);
  }

  byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(name);
      out.write(description);
    } catch (IOException e) {
      throw new UncheckedIOException("a table of the name " + name + " cannot be listed", e);
    }
    return bytes.toByteArray();
  }

  static KeptTable of(byte[] encoded) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
      return new KeptTable(in.readUTF(), in.readAllBytes());
    }
  }
}
