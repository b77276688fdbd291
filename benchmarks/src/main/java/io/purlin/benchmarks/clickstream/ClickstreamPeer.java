package io.purlin.benchmarks.clickstream;

import java.util.Locale;

/**
 * With which sinks Beam's FlinkRunner stands beside us. A bar counts against the better of them.
 */
enum ClickstreamPeer {
  /**
   * KafkaIO's exactly-once sink. It is given a part of the clicks, since each result that it writes
   * is a transaction of its own.
   */
  EXACTLY_ONCE("withEOS", 1_000, 1),

  /** The plain sink, which writes again after a failure what it has written before. */
  AT_LEAST_ONCE("at least once", 1, 3);

  /** With fewer clicks a partition may have hardly a user. */
  private static final int LEAST_CLICKS = 1_000;

  private final String sinks;
  private final int part;
  private final int warmUps;

  ClickstreamPeer(String sinks, int part, int warmUps) {
    this.sinks = sinks;
    this.part = part;
    this.warmUps = warmUps;
  }

  /** What a report says of its sinks. */
  String sinks() {
    return sinks;
  }

  /** How many clicks it is given for so many of ours. */
  int clicks(int ours) {
    return Math.min(ours, Math.max(LEAST_CLICKS, ours / part));
  }

  /** How often it warms up. */
  int warmUps() {
    return warmUps;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
