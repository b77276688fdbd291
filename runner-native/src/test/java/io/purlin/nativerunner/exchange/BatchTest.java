package io.purlin.nativerunner.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.Timing;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final PaneInfo EARLY = PaneInfo.createPane(true, false, Timing.EARLY);
  private static final Marks MARKED = new Marks("id", 7L, false);

  private record Element(
      String value,
      long timestampMillis,
      Collection<? extends BoundedWindow> windows,
      PaneInfo pane,
      Marks marks) {}

  private final CurrentElement current = new CurrentElement();

  @Test
  void keepsEachElementsMetadata() {
    List<Element> elements =
        List.of(
            new Element("a", 1, CurrentElement.GLOBAL, PaneInfo.NO_FIRING, Marks.NONE),
            new Element("b", 2, CurrentElement.GLOBAL, EARLY, Marks.NONE),
            new Element("c", 3, window(0), EARLY, MARKED),
            new Element("d", 2, window(10), PaneInfo.NO_FIRING, Marks.NONE));
    Batch batch = new Batch(4);

    // Twice, so that nothing of the first filling shows in the second.
    for (int filling = 0; filling < 2; filling++) {
      elements.forEach(element -> add(batch, element));
      assertThat(batch.isFull()).isTrue();
      assertThat(contents(batch)).isEqualTo(elements);
      batch.clear();
      assertThat(batch.size()).isZero();
    }
  }

  @Test
  void sharedMetadataOfAFillingAfterAnotherIsItsOwn() {
    Batch batch = new Batch(3);
    Element first = new Element("a", 1, window(0), EARLY, MARKED);
    Element second = new Element("b", 2, window(10), PaneInfo.NO_FIRING, Marks.NONE);
    add(batch, first);
    batch.clear();
    add(batch, second);
    add(batch, second);

    assertThat(contents(batch)).containsExactly(second, second);
  }

  @Test
  void aClearedBatchKeepsNothingAlive() {
    Batch batch = new Batch(2);
    List<WeakReference<Object>> references = fillAndClear(batch);

    await(references);
    assertThat(batch.size()).isZero();
  }

  /** Collects garbage until the references are gone; a batch that kept one would never end this. */
  private static void await(List<WeakReference<Object>> references) {
    int rounds = 0;
    while (references.stream().anyMatch(reference -> reference.get() != null)) {
      System.gc();
      assertThat(++rounds).as("collections after which elements are still alive").isLessThan(50);
    }
  }

  private List<WeakReference<Object>> fillAndClear(Batch batch) {
    List<WeakReference<Object>> references = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Object value = new Object();
      Collection<IntervalWindow> windows = window(i);
      PaneInfo pane = PaneInfo.createPane(false, false, Timing.LATE, 5 + i, 1);
      Marks marks = new Marks("id" + i, null, false);
      current.set(i, windows, pane, marks);
      batch.add(value, current);
      for (Object kept : new Object[] {value, windows, pane, marks}) {
        references.add(new WeakReference<>(kept));
      }
    }
    current.set(0, CurrentElement.GLOBAL, PaneInfo.NO_FIRING, Marks.NONE);
    batch.clear();
    return references;
  }

  private void add(Batch batch, Element element) {
    current.set(element.timestampMillis(), element.windows(), element.pane(), element.marks());
    batch.add(element.value(), current);
  }

  private static List<Element> contents(Batch batch) {
    CurrentElement loaded = new CurrentElement();
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      String value = String.valueOf(batch.load(i, loaded));
      found.add(
          new Element(
              value, loaded.timestampMillis(), loaded.windows(), loaded.pane(), loaded.marks()));
    }
    return found;
  }

  private static Collection<IntervalWindow> window(long startMillis) {
    return List.of(
        new IntervalWindow(
            Instant.ofEpochMilli(startMillis), Instant.ofEpochMilli(startMillis + 10)));
  }
}
