package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.exchange.Batch;
import io.purlin.nativerunner.operator.LookAhead;
import io.purlin.nativerunner.operator.Operator;
import java.util.Collection;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.jspecify.annotations.Nullable;

/**
 * Where elements gather on their way through a chain, and go on some at a time. For one of two
 * reasons:
 *
 * <p>A long chain is cut, so that the code of one stretch runs for many elements before that of the
 * next does. One by one, a step of a chain of hundreds costs three times one of a short chain.
 * Likely, each element needs code that the processor has to fetch anew, and returns from calls that
 * are nested more deeply than it keeps account of.
 *
 * <p>The operator behind it {@linkplain LookAhead can do something ahead} of several elements. They
 * gather for it while that is worth it.
 *
 * <p>Invariant: empty outside a bundle, and whenever its operator is called in another way. Owned
 * by the task's thread; lives as long as the chain.
 */
final class Seam implements Receiver {
  /**
   * What gathers at most: enough to pay for the way, and still in the cache when it is read. After
   * as many that did not gather, the next may.
   */
  static final int ELEMENTS = 64;

  private final CurrentElement current;
  private final Receiver next;
  private final @Nullable LookAhead ahead;
  private final boolean cuts;
  private final Batch batch = new Batch(ELEMENTS);
  private boolean gathers;

  /** Since it was asked last whether they should gather. */
  private int passed;

  /** What one of the elements has come to. Those before the seam may be its callers. */
  private @Nullable Throwable failure;

  /**
   * @param current metadata of the element being passed
   * @param operator takes what has gathered
   * @param cuts whether elements gather even when the operator gains nothing by it
   */
  Seam(CurrentElement current, Operator operator, boolean cuts) {
    this.current = current;
    this.next = operator.entry();
    this.ahead = operator.ahead();
    this.cuts = cuts;
    this.gathers = cuts;
  }

  @Override
  public void receive(@Nullable Object value) {
    refuseAfterFailure();
    if (!gathers && ++passed > ELEMENTS) {
      ask();
    }
    if (!gathers) {
      next.receive(value);
      return;
    }
    batch.add(value, current);
    if (batch.isFull()) {
      passOn();
      ask();
    }
  }

  private void ask() {
    passed = 0;
    gathers = cuts || (ahead != null && ahead.isWorthIt());
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
      if (ahead != null) {
        ahead.lookAhead(batch.values(), 0, batch.size());
      }
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
