package io.purlin.nativerunner.task;

import io.purlin.nativerunner.chain.OperatorChain;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.exchange.Batch;
import io.purlin.nativerunner.exchange.InputGate;

/** Feeds a chain from the channels of its exchanges. Used by the task's thread alone. */
final class GateInput implements TaskInput {
  private static final long MAX_WAIT_NANOS = 100_000_000;

  private final InputGate gate;
  private final CurrentElement current;

  GateInput(InputGate gate, CurrentElement current) {
    this.gate = gate;
    this.current = current;
  }

  @Override
  public void open() {}

  @Override
  public int feed(OperatorChain chain) {
    Batch batch = gate.poll();
    if (batch == null) {
      return -1;
    }
    int size = batch.size();
    if (size > 0) {
      chain.beginBundle();
      Receiver head = chain.head();
      for (int i = 0; i < size; i++) {
        head.receive(batch.load(i, current));
      }
    }
    gate.release(batch);
    return size;
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
