package io.purlin.benchmarks.loop;

import io.purlin.benchmarks.ready.ReadyInput;
import io.purlin.benchmarks.ready.Results;
import io.purlin.benchmarks.side.Tally;
import org.apache.beam.sdk.nexmark.model.Bid;
import org.apache.beam.sdk.nexmark.model.Event;

/** Nexmark's query 1: the bids, their prices in euros. */
final class CurrencyConversion implements Runnable {
  private final ReadyInput<Event> events;

  CurrencyConversion(ReadyInput<Event> events) {
    this.events = events;
  }

  @Override
  public void run() {
    long results = 0;
    long hash = 0;
    for (int i = 0; i < events.size(); i++) {
      Bid bid = events.element(i).bid;
      if (bid != null) {
        Bid inEuros =
            new Bid(bid.auction, bid.bidder, (bid.price * 89) / 100, bid.dateTime, bid.extra);
        results++;
        hash += Results.hash(inEuros);
      }
    }
    Tally.results(results, hash);
  }
}
