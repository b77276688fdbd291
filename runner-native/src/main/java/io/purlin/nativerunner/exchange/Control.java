package io.purlin.nativerunner.exchange;

/** What travels in a channel in order with the data and never waits for a credit. */
public sealed interface Control {
  /**
   * Nothing that follows has an earlier timestamp, except late elements.
   *
   * @param millis event time in milliseconds
   */
  record Watermark(long millis) implements Control {}

  /** Nothing follows. */
  record EndOfInput() implements Control {}
}
