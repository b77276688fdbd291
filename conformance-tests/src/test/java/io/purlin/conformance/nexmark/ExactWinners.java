package io.purlin.conformance.nexmark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.nexmark.NexmarkConfiguration;
import org.apache.beam.sdk.nexmark.NexmarkUtils;
import org.apache.beam.sdk.nexmark.model.Auction;
import org.apache.beam.sdk.nexmark.model.AuctionBid;
import org.apache.beam.sdk.nexmark.model.Bid;
import org.apache.beam.sdk.nexmark.model.Event;
import org.apache.beam.sdk.nexmark.model.SellerPrice;

/**
 * The results of queries 4, 6 and 9 from what these queries are defined to compute, over all events
 * at once: no simulation of time, so no event can be looked at too late. Immutable after {@link
 * #of}; owned by the test's thread.
 *
 * <p>A bid counts for an auction when it is made before the auction expires and is not below the
 * reserve. The highest price wins, of equal prices the earliest.
 */
record ExactWinners(Map<Long, AuctionBid> byAuction) {
  private static final int RECENT_BIDS = 10;

  static ExactWinners of(NexmarkConfiguration config) {
    List<Auction> auctions = new ArrayList<>();
    Map<Long, List<Bid>> bids = new HashMap<>();
    var events = NexmarkUtils.standardEventIterator(config);
    while (events.hasNext()) {
      Event event = events.next().getValue();
      if (event.newAuction != null) {
        auctions.add(event.newAuction);
      } else if (event.bid != null) {
        bids.computeIfAbsent(event.bid.auction, id -> new ArrayList<>()).add(event.bid);
      }
    }
    Map<Long, AuctionBid> winners = new TreeMap<>();
    for (Auction auction : auctions) {
      bids.getOrDefault(auction.id, List.of()).stream()
          .filter(bid -> bid.dateTime.isBefore(auction.expires) && bid.price >= auction.reserve)
          .max(Bid.PRICE_THEN_DESCENDING_TIME)
          .ifPresent(bid -> winners.put(auction.id, new AuctionBid(auction, bid)));
    }
    return new ExactWinners(winners);
  }

  /** Query 9: the winner of every auction that has one. */
  List<String> query9() {
    return byAuction.values().stream().map(AuctionBid::toString).toList();
  }

  /**
   * Query 4: the mean of the winning prices for every category and every sliding window. A result
   * of a window that ends at the auction's end carries the time one millisecond before.
   */
  List<String> query4(NexmarkConfiguration config) {
    long size = config.windowSizeSec * 1000;
    long period = config.windowPeriodSec * 1000;
    Map<String, List<Long>> prices = new TreeMap<>();
    for (AuctionBid winner : byAuction.values()) {
      long time = winner.auction.expires.getMillis() - 1;
      for (long start = time - time % period; start > time - size; start -= period) {
        String group = winner.auction.category + " until " + (start + size);
        prices.computeIfAbsent(group, key -> new ArrayList<>()).add(winner.bid.price);
      }
    }
    return prices.entrySet().stream().map(e -> e.getKey() + ": " + mean(e.getValue())).toList();
  }

  /** Query 6: the mean price of each seller's ten most recent winning bids, by the bid's time. */
  List<String> query6() {
    Map<Long, List<Bid>> bids = new TreeMap<>();
    for (AuctionBid winner : byAuction.values()) {
      bids.computeIfAbsent(winner.auction.seller, id -> new ArrayList<>()).add(winner.bid);
    }
    return bids.entrySet().stream()
        .map(seller -> new SellerPrice(seller.getKey(), recentMean(seller.getValue())).toString())
        .toList();
  }

  private static long recentMean(List<Bid> bids) {
    List<Long> prices =
        bids.stream().sorted(Bid.ASCENDING_TIME_THEN_PRICE).map(bid -> bid.price).toList();
    return mean(prices.subList(Math.max(0, prices.size() - RECENT_BIDS), prices.size()));
  }

  private static long mean(List<Long> prices) {
    long sum = prices.stream().mapToLong(price -> price).sum();
    return Math.round((double) sum / prices.size());
  }
}
