package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.element.Receiver;

/** The outgoing side of an operator, wired by the chain. Used by the task's thread alone. */
public interface Outputs {
  /**
   * The receiver of an output, the same object for the life of the operator; an output that nobody
   * consumes has one that drops.
   *
   * @param index position of the output's tag: 0 is the main output
   */
  Receiver receiver(int index);

  /**
   * Passes the output watermark on to every consumer of every output. Values that are not larger
   * than the one before are ignored.
   */
  void watermark(long millis);
}
