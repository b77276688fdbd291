package io.purlin.nativerunner.operator.pardo;

import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.invoke.OutputTags;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.operator.OperatorFactory;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.IllegalMutationException;
import org.apache.beam.sdk.util.MutationDetector;
import org.apache.beam.sdk.util.MutationDetectors;
import org.apache.beam.sdk.util.UserCodeException;
import org.jspecify.annotations.Nullable;

/**
 * An operator that is watched: a DoFn must change neither what it is given nor what it has emitted.
 *
 * <p>Elements are compared with their encoding of before: an input and what was emitted for it when
 * the call returns, all that was emitted again at the end of the bundle. Driven by its task's
 * thread.
 */
final class CheckingOperator implements Operator {
  /** Something emitted, and its encoding when it was. */
  private record Emitted(@Nullable Object value, MutationDetector detector) {}

  private final String stepName;
  private final Coder<?> inputCoder;
  private final Operator operator;
  private final List<Emitted> emitted = new ArrayList<>();

  /**
   * @param factory makes the operator
   * @param context where it stands
   * @param inputCoder of its elements
   * @param tags its outputs
   */
  CheckingOperator(
      OperatorFactory factory, OperatorContext context, Coder<?> inputCoder, OutputTags tags) {
    this.stepName = context.stepName();
    this.inputCoder = inputCoder;
    this.operator =
        factory.create(context.withReceivers((next, index) -> watched(next, tags.coder(index))));
  }

  private Receiver watched(Receiver next, @Nullable Coder<?> coder) {
    return coder == null ? next : value -> emit(value, coder, next);
  }

  private void emit(@Nullable Object value, Coder<?> coder, Receiver next) {
    emitted.add(new Emitted(value, detector(value, coder)));
    next.receive(value);
  }

  // A coder takes the elements of its own collection.
  @SuppressWarnings("unchecked")
  private static MutationDetector detector(@Nullable Object value, Coder<?> coder) {
    try {
      return MutationDetectors.forValueWithCoder(value, (Coder<@Nullable Object>) coder);
    } catch (CoderException e) {
      throw UserCodeException.wrap(e);
    }
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
    int before = emitted.size();
    MutationDetector detector = detector(value, inputCoder);
    operator.entry().receive(value);
    verify(detector, "was given", value);
    verifyEmitted(before);
  }

  private void verifyEmitted(int from) {
    for (Emitted each : emitted.subList(from, emitted.size())) {
      verify(each.detector(), "had emitted", each.value());
    }
  }

  private void verify(MutationDetector detector, String how, @Nullable Object value) {
    try {
      detector.verifyUnmodified();
    } catch (IllegalMutationException e) {
      String message = stepName + " has changed a value that it " + how + ": " + value;
      throw UserCodeException.wrap(
          new IllegalMutationException(message, e.getSavedValue(), e.getNewValue(), e));
    }
  }

  @Override
  public void finishBundle() {
    operator.finishBundle();
    verifyEmitted(0);
    emitted.clear();
  }

  @Override
  public void advanceWatermark(long inputMillis) {
    operator.advanceWatermark(inputMillis);
  }

  @Override
  public void advanceProcessingTime(long nowMillis) {
    operator.advanceProcessingTime(nowMillis);
  }

  @Override
  public long nextProcessingTimeMillis() {
    return operator.nextProcessingTimeMillis();
  }

  @Override
  public void retry() {
    operator.retry();
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    operator.snapshot(sink);
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    return operator.restore(source);
  }

  @Override
  public void restored() {
    operator.restored();
  }

  @Override
  public void close() throws Exception {
    operator.close();
  }
}
