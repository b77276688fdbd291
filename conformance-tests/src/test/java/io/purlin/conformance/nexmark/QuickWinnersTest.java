package io.purlin.conformance.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.nexmark.NexmarkConfiguration;
import org.apache.beam.sdk.nexmark.model.AuctionBid;
import org.apache.beam.sdk.nexmark.queries.WinningBidsSimulator;
import org.apache.beam.sdk.values.TimestampedValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link QuickWinners} against Beam's simulation: the same winners with their times, in order. */
class QuickWinnersTest {
  static Stream<Arguments> configurations() {
    return Stream.of(
        Arguments.of(50_000, 100, 4),
        Arguments.of(40_000, 100, 1),
        Arguments.of(30_000, 3, 4),
        Arguments.of(30_000, 1_000, 2),
        Arguments.of(20_000, 1_000_000, 1));
  }

  @ParameterizedTest(name = "{0} events, {1} auctions open, hot sellers ratio {2}")
  @MethodSource("configurations")
  void winnersAreThoseOfBeam(int events, int openAuctions, int hotSellersRatio) {
    NexmarkConfiguration config = NexmarkConfiguration.DEFAULT.copy();
    config.numEvents = events;
    config.numEventGenerators = 1;
    config.numInFlightAuctions = openAuctions;
    config.hotSellersRatio = hotSellersRatio;
    List<TimestampedValue<AuctionBid>> expected = new ArrayList<>();
    new WinningBidsSimulator(config).results().forEachRemaining(expected::add);

    assertThat(expected).hasSizeGreaterThan(events / 100);
    assertThat(QuickWinners.of(config)).isEqualTo(expected);
  }
}
