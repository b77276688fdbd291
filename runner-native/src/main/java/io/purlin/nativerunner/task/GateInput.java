package io.purlin.nativerunner.task;

import io.purlin.nativerunner.chain.OperatorChain;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.exchange.Batch;
import io.purlin.nativerunner.exchange.BatchSizing;
import io.purlin.nativerunner.exchange.InputGate;
import io.purlin.nativerunner.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a chain from the channels of its exchanges. Used by the task's thread alone. A batch that
 * the bundle has no room for is fed in parts.
 */
final class GateInput implements TaskInput {
  private static final long MAX_WAIT_NANOS = 100_000_000;

  /** What is read ahead of so many elements fits the cache that is nearest to the processor. */
  private static final int AHEAD = 64;

  private final InputGate gate;
  private final CurrentElement current;
  private final BatchSizing sizing;
  private @Nullable Batch batch;
  private int fed;

  GateInput(InputGate gate, CurrentElement current, Clock clock) {
    this.gate = gate;
    this.current = current;
    this.sizing = new BatchSizing(gate, clock);
  }

  @Override
  public void open() {}

  @Override
  public int feed(OperatorChain chain, int maxElements) {
    Batch feeding = batch != null ? batch : gate.poll();
    if (feeding == null) {
      return -1;
    }
    batch = feeding;
    int from = fed;
    int to = from + Math.min(feeding.size() - from, maxElements);
    fed = to;
    sizing.begin();
    chain.beginBundle();
    for (int i = from; i < to; i += AHEAD) {
      feed(chain, feeding, i, Math.min(to, i + AHEAD));
    }
    chain.passOn();
    sizing.end(to - from);
    if (to == feeding.size()) {
      batch = null;
      fed = 0;
      gate.release(feeding);
    }
    return to - from;
  }

  private void feed(OperatorChain chain, Batch feeding, int from, int to) {
    chain.lookAhead(feeding.values(), from, to);
    Receiver head = chain.head();
    for (int i = from; i < to; i++) {
      head.receive(feeding.load(i, current));
    }
  }

  @Override
  public long batches() {
    return gate.batches();
  }

  /** When all channels have ended no barrier comes any more: then the request alone counts. */
  @Override
  public long barrier(long requested) {
    return gate.hasEnded() ? requested : gate.alignedBarrier();
  }

  @Override
  public void passBarrier() {
    if (!gate.hasEnded()) {
      gate.passBarrier();
    }
  }

  @Override
  public boolean hasEnded() {
    return gate.hasEnded();
  }

  @Override
  public long watermarkMillis() {
    return gate.watermarkMillis();
  }

  /** A channel wakes its receiver; the limit only bounds what a lost wake-up would cost. */
  @Override
  public long idleNanos(int idleSteps) {
    return MAX_WAIT_NANOS;
  }

  @Override
  public void close() {
    gate.close();
  }
}
