package io.purlin.nativerunner.operator.pardo;

import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.time.StoredWatermarks;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import java.io.IOException;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * A DoFn that requires stable input: what it is called with after a failure, elements and timers
 * with the state that they find, is what it was called with before.
 *
 * <p>All that comes in waits for a checkpoint. Elements are put aside and are in the checkpoint;
 * once it is committed, the DoFn gets them, then the watermark that had come before the barrier,
 * then the clock: so it is called for timers and ends of windows with state that follows from what
 * is durable. The checkpoint has that watermark too, and a restart from it does the same first: the
 * elements, the watermark, the clock, before anything that came later. What the DoFn has not got
 * yet holds the output watermark, since that follows the one that it was given.
 *
 * <p>Tasks differ in how far their watermarks are. After a restart with another parallelism the
 * least of them counts, so that a timer that had fired under a later one may then find more.
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
  private final StoredWatermarks stored;
  private boolean asked;
  private boolean restored;

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
    this.stored = new StoredWatermarks(context.stepName() + "/stable");
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

  /** What is frozen is durable: the DoFn gets it. */
  private void committed() {
    restored = false;
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

  /** Due at once when there is something to be done again; the DoFn's own times are told then. */
  @Override
  public long nextProcessingTimeMillis() {
    return restored ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  @Override
  public void advanceProcessingTime(long nowMillis) {
    if (restored) {
      committed();
    }
  }

  @Override
  public void advanceWatermark(long inputMillis) {
    if (restored) {
      committed();
    }
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
    stored.write(sink, frozenWatermark, frozenWatermark);
    operator.snapshot(sink);
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    return frozen.restore(source) || stored.restore(source) || operator.restore(source);
  }

  @Override
  public void restored() {
    operator.restored();
    if (stored.areKnown()) {
      frozenWatermark = stored.inputMillis();
    }
    restored = true;
  }

  @Override
  public void close() throws Exception {
    operator.close();
  }
}
