package io.purlin.benchmarks.kafka;

import java.util.List;

/**
 * What a side is asked to do.
 *
 * @param servers where the broker is
 * @param from the topic to copy, which is full
 * @param to the topic to copy to, which is empty; its name is used for this run alone
 * @param records how many there are to copy
 */
record CopyRequest(String servers, String from, String to, long records) {
  static CopyRequest parse(String line) {
    List<String> parts = List.of(line.split(" ", -1));
    return new CopyRequest(parts.get(0), parts.get(1), parts.get(2), Long.parseLong(parts.get(3)));
  }

  String line() {
    return servers + " " + from + " " + to + " " + records;
  }
}
