package io.purlin.pipelines.clickstream.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one Avro record after the other, in the order of its schema. Reused from
 * record to record. Owner: one thread.
 */
public final class WireReader {
  private static final byte[] NOTHING = {};

  private BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(NOTHING, null);

  /** Begins with the record in {@code bytes}; Kafka has records without any. */
  public WireReader begin(byte @Nullable [] bytes) throws CorruptRecordException {
    if (bytes == null) {
      throw new CorruptRecordException("it has no value");
    }
    decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
    return this;
  }

  /** The next field, a {@code long}. */
  public long readLong() throws CorruptRecordException {
    try {
      return decoder.readLong();
    } catch (IOException | AvroRuntimeException e) {
      throw new CorruptRecordException(e);
    }
  }

  /**
   * The next field, a {@code string}. Its length is checked against what is left, so that corrupt
   * bytes cannot ask for gigabytes.
   */
  public String readString() throws CorruptRecordException {
    long length = readLong();
    try {
      if (length < 0 || length > decoder.inputStream().available()) {
        throw new CorruptRecordException("a string of length " + length + " does not fit");
      }
      byte[] text = new byte[(int) length];
      decoder.readFixed(text);
      return new String(text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CorruptRecordException(e);
    }
  }

  /** Checks that the record ends here. */
  public void end() throws CorruptRecordException {
    try {
      if (!decoder.isEnd()) {
        throw new CorruptRecordException("there are bytes after its end");
      }
    } catch (IOException e) {
      throw new CorruptRecordException(e);
    }
  }
}
