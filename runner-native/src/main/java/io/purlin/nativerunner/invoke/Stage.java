package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.element.Receiver;

/**
 * What an element of a DoFn without state enters by. Used by the task's thread; lives as long as
 * the DoFn.
 */
interface Stage extends Receiver {
  /** Says where the main output goes, once, before the first element. */
  void wire(Receiver main);
}
