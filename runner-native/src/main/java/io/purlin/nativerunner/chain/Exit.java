package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.element.Receiver;

/** Where elements leave a chain, in order with the watermark. Used by the task's thread alone. */
public interface Exit extends Receiver {
  /** The watermark of what will still be received; larger than the one before. */
  void watermark(long millis);
}
