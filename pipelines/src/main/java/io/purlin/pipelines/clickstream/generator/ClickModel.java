package io.purlin.pipelines.clickstream.generator;

import io.purlin.pipelines.clickstream.wire.Click;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Generated clicks in the order of their arrival: most arrive within a second, some out of order,
 * some minutes late, a few later than allowed, and some twice. What is expected of them is in
 * {@link #expected()} once the last has been taken.
 *
 * <p>A delivery is handed out when no click still to happen can arrive before it, so the memory
 * needed is that of the clicks of one delay, not of all.
 */
public final class ClickModel implements Iterator<Delivery> {
  private static final double OUT_OF_ORDER = 0.10;
  private static final double LATE = 0.02;
  private static final double TOO_LATE = 0.002;
  private static final double REPEATED = 0.02;
  private static final long REPEAT_MILLIS = 300_000;

  private final SplittableRandom random;
  private final Visitors visitors;
  private final long allowedDelayMillis;
  private final long outOfOrderMillis;
  private final ExpectedResults expected;
  private final PriorityQueue<Delivery> underway = new PriorityQueue<>();
  private int clicksLeft;
  private long deliveries;
  private long happenedUntil = Long.MIN_VALUE;

  /**
   * A model.
   *
   * @param clicks how many different clicks, at least 1
   * @param allowedDelayMillis what arrives later than this counts as too late
   * @param outOfOrderMillis how far clicks are commonly out of order
   */
  public ClickModel(
      long seed, int clicks, long allowedDelayMillis, long outOfOrderMillis, long gapMillis) {
    this.random = new SplittableRandom(seed);
    this.visitors = new Visitors(random.split(), clicks, SitePages.COUNT);
    this.allowedDelayMillis = allowedDelayMillis;
    this.outOfOrderMillis = outOfOrderMillis;
    this.expected = new ExpectedResults(gapMillis);
    this.clicksLeft = clicks;
  }

  /** What a right pipeline makes of the clicks handed out so far. */
  public ExpectedResults expected() {
    return expected;
  }

  @Override
  public boolean hasNext() {
    return clicksLeft > 0 || !underway.isEmpty();
  }

  @Override
  public Delivery next() {
    while (clicksLeft > 0 && !certainlyNext()) {
      happen();
    }
    Delivery delivery = underway.poll();
    if (delivery == null) {
      throw new NoSuchElementException();
    }
    return delivery;
  }

  /** A click arrives at the time it happens or later, and clicks happen in order. */
  private boolean certainlyNext() {
    Delivery first = underway.peek();
    return first != null && first.arrivalMillis() < happenedUntil;
  }

  private void happen() {
    Click click = visitors.click();
    clicksLeft--;
    happenedUntil = click.getEventMillis();
    long delay = delayMillis();
    deliver(click, delay);
    expected.add(click, delay <= allowedDelayMillis);
    if (random.nextDouble() < REPEATED) {
      deliver(click, delay + random.nextLong(REPEAT_MILLIS));
      expected.addRepeat();
    }
  }

  private long delayMillis() {
    double kind = random.nextDouble();
    if (kind < TOO_LATE) {
      return allowedDelayMillis + 1 + random.nextLong(allowedDelayMillis + 1);
    }
    if (kind < TOO_LATE + LATE) {
      return random.nextLong(allowedDelayMillis + 1);
    }
    if (kind < TOO_LATE + LATE + OUT_OF_ORDER) {
      return Math.min(allowedDelayMillis, random.nextLong(outOfOrderMillis + 1));
    }
    return Math.min(allowedDelayMillis, random.nextLong(1000));
  }

  private void deliver(Click click, long delayMillis) {
    underway.add(new Delivery(click, click.getEventMillis() + delayMillis, deliveries++));
  }
}
