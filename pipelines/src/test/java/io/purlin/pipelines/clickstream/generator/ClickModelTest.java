package io.purlin.pipelines.clickstream.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.pipelines.clickstream.wire.Click;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClickModelTest {
  private static final long ALLOWED = 1_800_000;
  private static final long GAP = 600_000;
  private static final int CLICKS = 20_000;

  private static ClickModel model(long seed) {
    return new ClickModel(seed, CLICKS, ALLOWED, 5_000, GAP);
  }

  private static List<Delivery> all(ClickModel model) {
    List<Delivery> deliveries = new ArrayList<>();
    model.forEachRemaining(deliveries::add);
    return deliveries;
  }

  @Test
  void theSameSeedGivesTheSameClicksAndAnotherSeedOthers() {
    assertThat(all(model(1))).isEqualTo(all(model(1))).isNotEqualTo(all(model(2)));
  }

  @Test
  void deliveriesComeInOrderOfArrivalAndNeverBeforeTheClick() {
    List<Delivery> deliveries = all(model(1));
    assertThat(deliveries).isSorted();
    assertThat(deliveries)
        .allMatch(delivery -> delivery.arrivalMillis() >= delivery.click().getEventMillis());
  }

  @Test
  void thereAreRepeatsLateClicksAndClicksThatAreTooLate() {
    ClickModel model = model(1);
    List<Delivery> deliveries = all(model);
    ExpectedResults expected = model.expected();
    assertThat(expected.clicks()).isEqualTo(CLICKS);
    assertThat(deliveries).hasSize(CLICKS + Math.toIntExact(expected.repeats()));
    assertThat(expected.repeats()).isPositive();
    Set<Click> inTime =
        deliveries.stream()
            .filter(delivery -> delay(delivery) <= ALLOWED)
            .map(Delivery::click)
            .collect(Collectors.toSet());
    assertThat(expected.tooLate()).isPositive().isEqualTo(CLICKS - inTime.size());
    assertThat(deliveries).anyMatch(delivery -> delay(delivery) > 60_000);
  }

  @Test
  void everyClickInTimeIsInOneMinuteAndOneSession() {
    ClickModel model = model(1);
    all(model);
    ExpectedResults expected = model.expected();
    long inTime = expected.clicks() - expected.tooLate();
    assertThat(expected.pageViews().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(inTime);
    assertThat(expected.sessions().stream().mapToLong(session -> session.clicks()).sum())
        .isEqualTo(inTime);
    assertThat(new HashSet<>(expected.sessions())).hasSameSizeAs(expected.sessions());
  }

  private static long delay(Delivery delivery) {
    return delivery.arrivalMillis() - delivery.click().getEventMillis();
  }
}
