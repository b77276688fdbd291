package io.purlin.conformance.faults.oracle;

import java.util.List;

/**
 * What the oracle found.
 *
 * @param records records of the source
 * @param expected results that should be there
 * @param lost those that are not
 * @param doubled how many are there too often
 * @param disordered how many stand before one of the same key that they should follow
 * @param wrong how many are there that should not be at all
 * @param vanished how many the first reader saw that are there no longer, or are not what it saw
 * @param unseen how many are there that the first reader did not see
 * @param examples the first few of what is wrong
 */
public record Verdict(
    long records,
    long expected,
    long lost,
    long doubled,
    long disordered,
    long wrong,
    long vanished,
    long unseen,
    List<String> examples) {
  /** Whether every result is there once, in order, and was seen so all the time. */
  public boolean good() {
    return lost == 0
        && doubled == 0
        && disordered == 0
        && wrong == 0
        && vanished == 0
        && unseen == 0
        && expected > 0;
  }

  /** One line. */
  public String line() {
    return records
        + " records, "
        + expected
        + " results: "
        + lost
        + " lost, "
        + doubled
        + " doubled, "
        + disordered
        + " out of order, "
        + wrong
        + " wrong; first reader: "
        + vanished
        + " vanished, "
        + unseen
        + " unseen";
  }
}
