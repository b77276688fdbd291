package io.purlin.nativerunner.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.operator.LookAhead;
import io.purlin.nativerunner.operator.NoOpOperator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeamTest {
  private final CurrentElement current = new CurrentElement();
  private final List<String> received = new ArrayList<>();
  private final Next next = new Next();
  private final Seam seam = new Seam(current, next, true);

  /** Notes what it receives, and what it is told of before. */
  private final class Next extends NoOpOperator implements LookAhead {
    final List<String> announced = new ArrayList<>();
    boolean isWorthIt;

    @Override
    public void receive(@Nullable Object value) {
      if ("bad".equals(value)) {
        throw new IllegalArgumentException("a bad element");
      }
      if ("worse".equals(value)) {
        throw new AssertionError("an element that is not even that");
      }
      received.add(value + " at " + current.timestampMillis() + " in " + current.windows());
      current.timestampMillis(-1);
    }

    @Override
    public LookAhead ahead() {
      return this;
    }

    @Override
    public boolean isWorthIt() {
      return isWorthIt;
    }

    @Override
    public void lookAhead(@Nullable Object[] values, int from, int to) {
      announced.add(received.size() + ": " + Arrays.asList(values).subList(from, to));
    }
  }

  @Test
  void anElementGoesOnWithItsOwnMetadata() {
    IntervalWindow window = new IntervalWindow(Instant.ofEpochMilli(0), Instant.ofEpochMilli(10));
    current.timestampMillis(1);
    current.windows(List.of(window));
    seam.receive("a");
    current.timestampMillis(2);
    current.windows(CurrentElement.GLOBAL);
    seam.receive("b");
    assertThat(received).isEmpty();

    seam.passOn();

    assertThat(received)
        .containsExactly("a at 1 in " + List.of(window), "b at 2 in " + CurrentElement.GLOBAL);
  }

  @Test
  void theCurrentElementIsThatOfBefore() {
    current.timestampMillis(1);
    seam.receive("a");
    PaneInfo pane = PaneInfo.ON_TIME_AND_ONLY_FIRING;
    IntervalWindow window = new IntervalWindow(Instant.ofEpochMilli(0), Instant.ofEpochMilli(10));
    current.timestampMillis(7);
    current.windows(List.of(window));
    current.pane(pane);

    seam.passOn();

    assertThat(current.timestampMillis()).isEqualTo(7);
    assertThat(current.windows()).isEqualTo(List.of(window));
    assertThat(current.pane()).isEqualTo(pane);
  }

  @Test
  void whenMuchHasGatheredItGoesOnByItselfAndOnce() {
    IntStream.range(0, Seam.ELEMENTS).forEach(seam::receive);
    assertThat(received).hasSize(Seam.ELEMENTS);
    seam.passOn();
    assertThat(received).hasSize(Seam.ELEMENTS);
  }

  @Test
  void whatGoesOnIsAnnounced() {
    seam.receive("a");
    seam.receive("b");
    seam.passOn();
    seam.receive("c");
    seam.passOn();
    seam.passOn();

    assertThat(next.announced).containsExactly("0: [a, b]", "2: [c]");
  }

  @Test
  void whereAChainIsNotCutElementsGatherWhileTheOperatorGainsByIt() {
    Seam uncut = new Seam(current, next, false);
    IntStream.range(0, 2 * Seam.ELEMENTS).forEach(uncut::receive);
    assertThat(received).hasSize(2 * Seam.ELEMENTS);

    next.isWorthIt = true;
    IntStream.range(0, Seam.ELEMENTS).forEach(uncut::receive);
    int direct = received.size();
    assertThat(direct).isLessThan(3 * Seam.ELEMENTS);
    uncut.passOn();
    assertThat(received).hasSize(3 * Seam.ELEMENTS);
    assertThat(next.announced).hasSize(1);

    IntStream.range(0, Seam.ELEMENTS - 1).forEach(uncut::receive);
    assertThat(received).hasSize(3 * Seam.ELEMENTS);
    next.isWorthIt = false;
    uncut.receive("the last one that waits");
    uncut.receive("one that does not");
    assertThat(received).hasSize(4 * Seam.ELEMENTS + 1);
    uncut.passOn();
    assertThat(next.announced).hasSize(2);
  }

  @Test
  void aFailureThatACallerKeptToItselfComesAgain() {
    seam.receive("bad");
    assertThatThrownBy(seam::passOn).hasMessage("a bad element");

    assertThatThrownBy(seam::passOn).hasMessage("a bad element");
    assertThatThrownBy(() -> seam.receive("good")).hasMessage("a bad element");
    assertThat(received).isEmpty();
  }

  @Test
  void anErrorThatACallerKeptToItselfComesAgain() {
    seam.receive("good");
    seam.receive("worse");
    assertThatThrownBy(seam::passOn).isInstanceOf(AssertionError.class);

    assertThatThrownBy(seam::passOn).hasMessage("an element that is not even that");
    assertThatThrownBy(() -> seam.receive("good")).isInstanceOf(AssertionError.class);
    assertThat(received).hasSize(1);
  }
}
