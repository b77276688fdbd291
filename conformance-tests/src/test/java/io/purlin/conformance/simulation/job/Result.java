package io.purlin.conformance.simulation.job;

import java.nio.charset.StandardCharsets;

/**
 * What the job writes for each record.
 *
 * @param key of the record
 * @param number how many records of the key there have been, with this one
 * @param sum of their values
 * @param group of the key
 * @param place how many results of the group there have been, with this one
 */
public record Result(long key, long number, long sum, int group, long place) {
  /** As it is written. */
  byte[] bytes() {
    return (key + " " + number + " " + sum + " " + group + " " + place)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Reads what was written. */
  public static Result parse(String text) {
    String[] fields = text.split(" ", -1);
    return new Result(
        Long.parseLong(fields[0]),
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Integer.parseInt(fields[3]),
        Long.parseLong(fields[4]));
  }
}
