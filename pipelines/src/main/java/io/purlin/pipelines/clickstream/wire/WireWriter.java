package io.purlin.pipelines.clickstream.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Writes the fields of one Avro record after the other, in the order of its schema. Reused from
 * record to record. Owner: one thread.
 */
public final class WireWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
  private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

  /** Begins a record. */
  public WireWriter begin() {
    bytes.reset();
    return this;
  }

  /** Writes a field of type {@code long}. */
  public WireWriter write(long value) {
    try {
      encoder.writeLong(value);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a field of type {@code string}. */
  public WireWriter write(String value) {
    try {
      encoder.writeString(value);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the record. */
  public byte[] end() {
    return bytes.toByteArray();
  }
}
