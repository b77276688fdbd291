package io.purlin.benchmarks.loop;

import io.purlin.benchmarks.ready.ReadyInput;
import io.purlin.benchmarks.ready.Results;
import io.purlin.benchmarks.side.Tally;
import org.apache.beam.sdk.nexmark.model.AuctionPrice;
import org.apache.beam.sdk.nexmark.model.Bid;
import org.apache.beam.sdk.nexmark.model.Event;

/** Nexmark's query 2: bids on some of the auctions. */
final class Selection implements Runnable {
  /** Nexmark's default. */
  private static final int AUCTION_SKIP = 123;

  private final ReadyInput<Event> events;

  Selection(ReadyInput<Event> events) {
    this.events = events;
  }

  @Override
  public void run() {
    long results = 0;
    long hash = 0;
    for (int i = 0; i < events.size(); i++) {
      Bid bid = events.element(i).bid;
      if (bid != null && bid.auction % AUCTION_SKIP == 0) {
        results++;
        hash += Results.hash(new AuctionPrice(bid.auction, bid.price));
      }
    }
    Tally.results(results, hash);
  }
}
