package io.purlin.nativerunner.time;

/**
 * The clock of a task that reads exchanges. What earlier tasks sent together, a pane and the
 * watermark that fired it, comes apart: from several channels, and each when its task's thread had
 * its turn. A pane must not fire a later grouping early in between.
 *
 * @param clock processing time
 * @param upstreamLagMillis how long to wait for what belongs together; at least 0
 */
record BehindExchange(Clock clock, long upstreamLagMillis) implements Clock {
  @Override
  public long millis() {
    return clock.millis();
  }
}
