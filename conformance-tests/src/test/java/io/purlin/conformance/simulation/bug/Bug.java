package io.purlin.conformance.simulation.bug;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is planted. */
public enum Bug {
  /** Nothing. */
  NONE("nothing is wrong"),
  /** The marker that names a checkpoint is committed behind its records, not with them. */
  MARKER_AFTER_COMMIT("the marker goes into a transaction of its own, behind the records'"),
  /** A file is renamed to its final name before the disk has it. */
  NO_SYNC_BEFORE_RENAME("files are not synced before they are renamed"),
  /** A record was not written, and nobody is told. */
  DROPPED_SEND_ERROR("a send that failed counts as one that did not"),
  /** Elements behind a barrier come before it. */
  BARRIER_OVERTAKEN("a batch behind a barrier overtakes it"),
  /** A batch that was read is not given back. */
  CREDIT_LEAKED("now and then a credit does not come back");

  private final String description;

  Bug(String description) {
    this.description = description;
  }

  /** What is wrong. */
  public String description() {
    return description;
  }

  /** As the command line has it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads what the command line has. */
  public static Bug parse(String code) {
    return Arrays.stream(values())
        .filter(bug -> bug.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no such bug: "
                        + code
                        + "; there are "
                        + Arrays.stream(values())
                            .map(Bug::code)
                            .collect(Collectors.joining(", "))));
  }
}
