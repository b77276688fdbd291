package io.purlin.nativerunner.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.element.CurrentElement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class SeamTest {
  private final CurrentElement current = new CurrentElement();
  private final List<String> received = new ArrayList<>();
  private final Seam seam =
      new Seam(
          current,
          value -> {
            if ("bad".equals(value)) {
              throw new IllegalArgumentException("a bad element");
            }
            if ("worse".equals(value)) {
              throw new AssertionError("an element that is not even that");
            }
            received.add(value + " at " + current.timestampMillis() + " in " + current.windows());
            current.timestampMillis(-1);
          });

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
