package io.purlin.benchmarks.ready;

import io.purlin.benchmarks.side.Tally;
import org.apache.beam.sdk.nexmark.model.Auction;
import org.apache.beam.sdk.nexmark.model.Bid;
import org.apache.beam.sdk.nexmark.model.Event;
import org.apache.beam.sdk.nexmark.model.Person;
import org.joda.time.Instant;

/** What results add to the hash of a run; cheap, so that it does not count for much. */
public final class Results {
  private Results() {}

  /** When an event was made. */
  public static Instant time(Event event) {
    if (event.bid != null) {
      return event.bid.dateTime;
    }
    return event.newAuction != null ? event.newAuction.dateTime : event.newPerson.dateTime;
  }

  /** Of a result of a Nexmark query. */
  public static long hash(Object result) {
    if (result instanceof Event event) {
      if (event.bid != null) {
        return hash(event.bid);
      }
      return event.newAuction != null ? hash(event.newAuction) : hash(event.newPerson);
    }
    if (result instanceof Bid bid) {
      return Tally.mix(31 * bid.auction + bid.price);
    }
    if (result instanceof Auction auction) {
      return Tally.mix(auction.id);
    }
    if (result instanceof Person person) {
      return Tally.mix(person.id);
    }
    return Tally.mix(result.hashCode());
  }

  /** Of a click and the group of its user. */
  public static long hash(Click click, long group) {
    return Tally.mix(31 * (31 * click.user() + group) + click.millis());
  }

  /** Of the count of a word. */
  public static long hash(String word, long count) {
    return Tally.mix(31L * word.hashCode() + count);
  }

  /** Of the count of a key in a window. */
  public static long hash(long key, long count, long windowEndMillis) {
    return Tally.mix(31 * (31 * key + count) + windowEndMillis);
  }
}
