package io.purlin.conformance.nexmark;

import io.purlin.pipelines.nexmark.ExpectedQuery;
import io.purlin.pipelines.nexmark.NexmarkPipeline;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.beam.sdk.nexmark.NexmarkConfiguration;
import org.apache.beam.sdk.nexmark.model.AuctionBid;
import org.apache.beam.sdk.nexmark.model.CategoryPrice;
import org.apache.beam.sdk.nexmark.model.KnownSize;
import org.apache.beam.sdk.nexmark.model.SellerPrice;
import org.apache.beam.sdk.nexmark.queries.AbstractSimulator;
import org.apache.beam.sdk.nexmark.queries.Query4;
import org.apache.beam.sdk.nexmark.queries.Query4Model;
import org.apache.beam.sdk.nexmark.queries.Query6;
import org.apache.beam.sdk.nexmark.queries.Query6Model;
import org.apache.beam.sdk.nexmark.queries.Query9;
import org.apache.beam.sdk.nexmark.queries.Query9Model;
import org.apache.beam.sdk.nexmark.queries.WinningBidsSimulator;
import org.apache.beam.sdk.values.TimestampedValue;
import org.jspecify.annotations.Nullable;

/**
 * Beam's models of queries 4, 6 and 9, on events for which they are exact (see docs/nexmark.md).
 * All three begin with the winning bids, which are simulated once for the three; with many events
 * not by Beam's simulation, which takes the square of their number, but by {@link QuickWinners},
 * which gives the same. Used by one thread.
 */
final class ModelledWinners {
  /**
   * Beam's simulation takes half a minute for these; 49 minutes were not enough for ten times
   * these.
   */
  private static final long MOST_BY_BEAM = 100_000;

  private final NexmarkConfiguration config = NexmarkConfiguration.DEFAULT.copy();
  private @Nullable List<TimestampedValue<AuctionBid>> winners;

  /**
   * @param events how many are generated
   */
  ModelledWinners(long events) {
    config.numEvents = events;
    config.numEventGenerators = 1;
    // Few auctions end before the last event, and no seller has more than ten winners.
    config.numInFlightAuctions = 1_000_000;
    config.hotSellersRatio = 1;
    config.numActivePeople = 15;
  }

  /**
   * A query and its model's results.
   *
   * @param query 4, 6 or 9
   */
  ExpectedQuery<?> expect(int query) {
    return switch (query) {
      case 4 -> NexmarkPipeline.expect(new Query4(config), new Model4(config, winners()), config);
      case 6 -> NexmarkPipeline.expect(new Query6(config), new Model6(config, winners()), config);
      case 9 -> NexmarkPipeline.expect(new Query9(config), new Model9(config, winners()), config);
      default -> throw new IllegalArgumentException("query " + query + " is not of winning bids");
    };
  }

  private List<TimestampedValue<AuctionBid>> winners() {
    if (winners == null) {
      winners = config.numEvents > MOST_BY_BEAM ? QuickWinners.of(config) : simulated();
    }
    return winners;
  }

  private List<TimestampedValue<AuctionBid>> simulated() {
    List<TimestampedValue<AuctionBid>> results = new ArrayList<>();
    new WinningBidsSimulator(config).results().forEachRemaining(results::add);
    return results;
  }

  /** A model's simulator, made to take known winners instead of simulating the auctions itself. */
  private static <T extends KnownSize> AbstractSimulator<?, T> reading(
      AbstractSimulator<?, T> simulator, List<TimestampedValue<AuctionBid>> winners) {
    try {
      Field input = AbstractSimulator.class.getDeclaredField("input");
      input.setAccessible(true);
      input.set(simulator, winners.iterator());
      return simulator;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a simulator of Nexmark no longer reads from a field 'input'", e);
    }
  }

  private static final class Model4 extends Query4Model {
    private static final long serialVersionUID = 1L;

    private final transient List<TimestampedValue<AuctionBid>> winners;

    Model4(NexmarkConfiguration config, List<TimestampedValue<AuctionBid>> winners) {
      super(config);
      this.winners = winners;
    }

    @Override
    public AbstractSimulator<?, CategoryPrice> simulator() {
      return reading(super.simulator(), winners);
    }
  }

  private static final class Model6 extends Query6Model {
    private static final long serialVersionUID = 1L;

    private final transient List<TimestampedValue<AuctionBid>> winners;

    Model6(NexmarkConfiguration config, List<TimestampedValue<AuctionBid>> winners) {
      super(config);
      this.winners = winners;
    }

    @Override
    public AbstractSimulator<?, SellerPrice> simulator() {
      return reading(super.simulator(), winners);
    }
  }

  private static final class Model9 extends Query9Model {
    private static final long serialVersionUID = 1L;

    private final transient List<TimestampedValue<AuctionBid>> winners;

    Model9(NexmarkConfiguration config, List<TimestampedValue<AuctionBid>> winners) {
      super(config);
      this.winners = winners;
    }

    @Override
    public AbstractSimulator<?, AuctionBid> simulator() {
      return new Replay(winners);
    }
  }

  /** Known results as a simulation. */
  private static final class Replay extends AbstractSimulator<AuctionBid, AuctionBid> {
    private final List<TimestampedValue<AuctionBid>> winners;

    Replay(List<TimestampedValue<AuctionBid>> winners) {
      super(winners.iterator());
      this.winners = winners;
    }

    @Override
    public Iterator<TimestampedValue<AuctionBid>> results() {
      return winners.iterator();
    }

    @Override
    protected void run() {
      throw new IllegalStateException("nothing is simulated");
    }
  }
}
