package io.purlin.nativerunner.operator.pardo;

import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import java.io.IOException;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * A DoFn that requires stable input: the elements that it is called with after a failure are those
 * that it was called with before.
 *
 * <p>All that comes in waits for a checkpoint. Elements are put aside and are in the checkpoint;
 * once it is committed, the DoFn gets them, then the watermark that had come before the barrier,
 * then the clock: so it is called for timers and ends of windows with state that follows from what
 * is durable. What the DoFn has not got yet holds the output watermark, since that follows the one
 * that it was given. A restart gives the same elements again after its first checkpoint, together
 * with what came until then; only then does it give the watermark. So a timer that fires again may
 * find more in the state than it had found before the failure.
 *
 * <p>For jobs with checkpoints: without, nothing is done again. Driven by its task's thread.
 */
final class StableInputOperator implements Operator {
  private static final long START = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  private final Operator operator;
  private final OperatorContext context;
  // Before the barrier that was passed last, and behind it.
  private final WaitingElements frozen;
  private final WaitingElements arrived;
  private long inputWatermark = START;
  private long frozenWatermark = START;
  private long givenWatermark = START;
  private boolean asked;

  /**
   * @param operator calls the DoFn
   * @param spec the ParDo
   * @param context where it stands
   */
  StableInputOperator(Operator operator, DoFnSpec spec, OperatorContext context) {
    this.operator = operator;
    this.context = context;
    this.frozen = new WaitingElements(spec, context, "stable");
    this.arrived = new WaitingElements(spec, context, "stable");
  }

  /** Whether any method of the DoFn asks for it. */
  static boolean isRequired(DoFnSpec spec) {
    DoFnSignature signature = spec.signature();
    DoFnSignature.OnWindowExpirationMethod atExpiration = signature.onWindowExpiration();
    return signature.processElement().requiresStableInput()
        || (atExpiration != null && atExpiration.requiresStableInput())
        || signature.onTimerMethods().values().stream()
            .anyMatch(DoFnSignature.OnTimerMethod::requiresStableInput);
  }

  @Override
  public void open() throws Exception {
    operator.open();
  }

  @Override
  public void startBundle() {
    operator.startBundle();
  }

  @Override
  public void receive(@Nullable Object value) {
    for (BoundedWindow window : context.current().windows()) {
      arrived.add(value, window);
    }
    awaitCheckpoint();
  }

  private void awaitCheckpoint() {
    if (!asked) {
      asked = true;
      context
          .bundle()
          .finalizer()
          .afterBundleCommit(BoundedWindow.TIMESTAMP_MAX_VALUE, this::committed);
    }
  }

  private void committed() {
    for (BoundedWindow window : frozen.windows()) {
      context.bundle().begin();
      frozen.release(window, operator.entry());
    }
    givenWatermark = Math.max(givenWatermark, frozenWatermark);
    operator.advanceWatermark(givenWatermark);
    operator.advanceProcessingTime(context.clock().millis());
  }

  @Override
  public void retry() {
    operator.retry();
  }

  @Override
  public void finishBundle() {
    operator.finishBundle();
  }

  @Override
  public void advanceWatermark(long inputMillis) {
    if (inputMillis > inputWatermark) {
      inputWatermark = inputMillis;
      awaitCheckpoint();
    }
    operator.advanceWatermark(givenWatermark);
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    arrived.moveTo(frozen);
    frozenWatermark = inputWatermark;
    asked = false;
    frozen.snapshot(sink);
    operator.snapshot(sink);
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    return arrived.restore(source) || operator.restore(source);
  }

  @Override
  public void restored() {
    operator.restored();
    if (!arrived.isEmpty()) {
      awaitCheckpoint();
    }
  }

  @Override
  public void close() throws Exception {
    operator.close();
  }
}
