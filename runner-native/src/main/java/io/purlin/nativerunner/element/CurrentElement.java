package io.purlin.nativerunner.element;

import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;

/**
 * The metadata of the value that is being passed along a chain, kept once per task instead of in an
 * object per element and hop.
 *
 * <p>Owned by the task's thread. Invariant: while an operator's {@code receive} runs, this holds
 * the metadata of the value it was given, except during its own calls to a downstream receiver with
 * metadata it has set and will restore. Lives as long as the task.
 *
 * <p>References are written only when they change: under G1 a store of a young object into this
 * long-lived one costs more than the comparison.
 */
public final class CurrentElement {
  /** The window list of elements that have not been windowed. */
  public static final Collection<? extends BoundedWindow> GLOBAL = List.of(GlobalWindow.INSTANCE);

  private long timestampMillis = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private Collection<? extends BoundedWindow> windows = GLOBAL;
  private PaneInfo pane = PaneInfo.NO_FIRING;
  private Marks marks = Marks.NONE;
  private int step;

  /** Event time in milliseconds since the epoch. */
  public long timestampMillis() {
    return timestampMillis;
  }

  /** Sets the event time, in milliseconds since the epoch. */
  public void timestampMillis(long millis) {
    timestampMillis = millis;
  }

  /** The windows the element is in; usually one. Never changed in place. */
  public Collection<? extends BoundedWindow> windows() {
    return windows;
  }

  /** Sets the windows; the collection must not be changed afterwards. */
  @SuppressWarnings("ReferenceEquality") // whether the store is needed, not whether they are equal
  public void windows(Collection<? extends BoundedWindow> newWindows) {
    if (windows != newWindows) {
      windows = newWindows;
    }
  }

  /** The firing that produced the element, or {@link PaneInfo#NO_FIRING}. */
  public PaneInfo pane() {
    return pane;
  }

  /** Sets the pane. */
  @SuppressWarnings("ReferenceEquality") // whether the store is needed, not whether they are equal
  public void pane(PaneInfo newPane) {
    if (pane != newPane) {
      pane = newPane;
    }
  }

  /** The rarer metadata of the element. */
  public Marks marks() {
    return marks;
  }

  /** Sets the rarer metadata. */
  @SuppressWarnings("ReferenceEquality") // whether the store is needed, not whether they are equal
  public void marks(Marks newMarks) {
    if (marks != newMarks) {
      marks = newMarks;
    }
  }

  /**
   * Index of the step whose user code runs now: user metrics are counted for it. An operator that
   * calls user code sets it before the call and again when a downstream call returns.
   */
  public int step() {
    return step;
  }

  /** Sets the index of the running step. */
  public void step(int newStep) {
    step = newStep;
  }

  /** Sets everything but the step. */
  public void set(
      long millis,
      Collection<? extends BoundedWindow> newWindows,
      PaneInfo newPane,
      Marks newMarks) {
    timestampMillis = millis;
    windows(newWindows);
    pane(newPane);
    marks(newMarks);
  }
}
