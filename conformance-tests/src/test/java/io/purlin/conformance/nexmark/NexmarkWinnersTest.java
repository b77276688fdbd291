package io.purlin.conformance.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.nexmark.model.AuctionBid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link WinnersCheck} says; more events and settings: {@link NexmarkSuite}. */
class NexmarkWinnersTest {
  private static final WinnersCheck CHECK = new WinnersCheck(100_000);

  static Stream<Arguments> runs() {
    return Stream.of(4, 6, 9)
        .flatMap(
            query -> NexmarkSetting.ON_HEAP.stream().map(setting -> Arguments.of(query, setting)));
  }

  @TempDir private Path checkpoints;

  @ParameterizedTest(name = "query {0}, {1}")
  @MethodSource("runs")
  void resultsAreExact(int query, NexmarkSetting setting) {
    CHECK.run(query, setting, checkpoints);
  }

  /** All that sets Beam's model of query 9 apart: bids it lets in after the auction's end. */
  @Test
  void modelIsWrongOnlyByBidsMadeAfterTheEnd() {
    List<AuctionBid> differing = CHECK.inWhichTheModelDiffers();
    assertThat(differing)
        .hasSize(3)
        .allSatisfy(
            each -> assertThat(each.bid.dateTime).isGreaterThanOrEqualTo(each.auction.expires));
  }
}
