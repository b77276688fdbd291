package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.exchange.Batch;
import java.util.Collection;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.jspecify.annotations.Nullable;

/**
 * Where a long chain is cut: elements gather here and go on some at a time, so that the code of one
 * stretch runs for many elements before that of the next does.
 *
 * <p>One by one, a step of a chain of hundreds costs three times one of a short chain. Likely, each
 * element needs code that the processor has to fetch anew, and returns from calls that are nested
 * more deeply than it keeps account of.
 *
 * <p>Invariant: empty outside a bundle, and whenever its operator is called in another way. Owned
 * by the task's thread; lives as long as the chain.
 */
final class Seam implements Receiver {
  /** What gathers at most: enough to pay for the way, and still in the cache when it is read. */
  static final int ELEMENTS = 64;

  private final CurrentElement current;
  private final Receiver next;
  private final Batch batch = new Batch(ELEMENTS);

  /** What one of the elements has come to. Those before the seam may be its callers. */
  private @Nullable Throwable failure;

  /**
   * @param current metadata of the element being passed
   * @param next takes what has gathered
   */
  Seam(CurrentElement current, Receiver next) {
    this.current = current;
    this.next = next;
  }

  @Override
  public void receive(@Nullable Object value) {
    refuseAfterFailure();
    batch.add(value, current);
    if (batch.isFull()) {
      passOn();
    }
  }

  /**
   * Passes on what has gathered. The current element, which may be that of user code that is not
   * yet through with it, is the same afterwards.
   *
   * @throws RuntimeException what an element comes to behind the seam, or an {@link Error}, again
   *     at each call: user code before it may have kept it to itself, though it was for an element
   *     of another call
   */
  void passOn() {
    refuseAfterFailure();
    if (batch.size() == 0) {
      return;
    }
    long timestamp = current.timestampMillis();
    Collection<? extends BoundedWindow> windows = current.windows();
    PaneInfo pane = current.pane();
    Marks marks = current.marks();
    try {
      for (int i = 0; i < batch.size(); i++) {
        next.receive(batch.load(i, current));
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    }
    batch.clear();
    current.set(timestamp, windows, pane, marks);
  }

  private void refuseAfterFailure() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
