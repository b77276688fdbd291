package io.purlin.pipelines.clickstream.generator;

import io.purlin.pipelines.clickstream.wire.Click;

/**
 * A click on its way.
 *
 * @param click the click
 * @param arrivalMillis when it arrives, in milliseconds since 1970; never before it happened
 * @param number counts deliveries in the order of their making; breaks ties of arrival
 */
public record Delivery(Click click, long arrivalMillis, long number)
    implements Comparable<Delivery> {
  @Override
  public int compareTo(Delivery other) {
    int byArrival = Long.compare(arrivalMillis, other.arrivalMillis);
    return byArrival != 0 ? byArrival : Long.compare(number, other.number);
  }
}
