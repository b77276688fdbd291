package io.purlin.io.kafka.source;

import io.purlin.sdk.connector.SourceException;
import io.purlin.sdk.connector.SourceException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a partition has been read.
 *
 * <p>Encoded: magic number, format version, topic, partition, next offset, stop offset, watermark,
 * whether ended; big-endian, as {@link DataOutputStream} writes. A new field needs a new version
 * and a reader for the old one.
 *
 * @param partition the partition
 * @param next offset of the next record to be read; {@link #START} or {@link #BEGINNING}
 * @param stop offset of the first record that is not read; {@link #NO_STOP} or {@link
 *     #STOP_UNKNOWN}
 * @param watermarkMillis what its timestamp policy said last, the end of time included
 * @param ended whether nothing of it is read any more
 */
record Position(
    TopicPartition partition, long next, long stop, long watermarkMillis, boolean ended) {
  /** Where the read is set up to start; not looked up yet. */
  static final long START = -1;

  /** The oldest record there is. */
  static final long BEGINNING = -2;

  /** Read for ever. */
  static final long NO_STOP = Long.MAX_VALUE;

  /** Where the read is set up to stop; not looked up yet. */
  static final long STOP_UNKNOWN = -1;

  private static final int MAGIC = 0x504B5350;
  private static final int VERSION = 1;

  /** A partition of which nothing has been read. */
  static Position fresh(TopicPartition partition, long next, long stop) {
    return new Position(
        partition, next, stop, BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis(), false);
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeByte(VERSION);
      out.writeUTF(partition.topic());
      out.writeInt(partition.partition());
      out.writeLong(next);
      out.writeLong(stop);
      out.writeLong(watermarkMillis);
      out.writeBoolean(ended);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  static Position decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("it is none of a Kafka partition");
      }
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException("it has format " + version + ", only " + VERSION + " is known");
      }
      return new Position(
          new TopicPartition(in.readUTF(), in.readInt()),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readBoolean());
    } catch (IOException e) {
      throw new SourceException(
          Kind.REFUSED, "A position of a Kafka source cannot be read: " + e.getMessage() + ".", e);
    }
  }
}
