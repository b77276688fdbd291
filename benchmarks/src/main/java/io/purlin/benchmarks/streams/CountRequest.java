package io.purlin.benchmarks.streams;

import java.util.List;

/**
 * What a side is asked to do.
 *
 * @param servers where the broker is
 * @param topic which is full
 * @param results how many there will be; a side that never ends is ready then
 */
public record CountRequest(String servers, String topic, long results) {
  static CountRequest parse(String line) {
    List<String> parts = List.of(line.split(" ", -1));
    return new CountRequest(parts.get(0), parts.get(1), Long.parseLong(parts.get(2)));
  }

  /** As a line of the protocol. */
  public String line() {
    return servers + " " + topic + " " + results;
  }
}
