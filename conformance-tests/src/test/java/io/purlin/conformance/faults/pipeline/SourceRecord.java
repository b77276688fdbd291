package io.purlin.conformance.faults.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A record of the source topic. It proves by its checksum that it is whole, and by its number that
 * none is missing before it.
 *
 * @param partition where it was written
 * @param sequence its number in the partition, from 0
 * @param key whose it is; a key's records are all in one partition
 * @param amount what is summed
 */
public record SourceRecord(int partition, long sequence, String key, long amount) {
  /** The value of the record that ends a partition. */
  public static final String END = "";

  /** Its text with the checksum. */
  public String text() {
    String body = partition + " " + sequence + " " + key + " " + amount;
    return body + " " + crc(body);
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException when it is not what was written
   */
  public static SourceRecord parse(String text) {
    int last = text.lastIndexOf(' ');
    if (last < 0 || !text.substring(last + 1).equals(crc(text.substring(0, last)))) {
      throw new IllegalArgumentException("damaged source record: " + text);
    }
    String[] words = text.split(" ", -1);
    return new SourceRecord(
        Integer.parseInt(words[0]), Long.parseLong(words[1]), words[2], Long.parseLong(words[3]));
  }

  private static String crc(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }
}
