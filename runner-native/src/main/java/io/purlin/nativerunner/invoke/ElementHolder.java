package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.element.Receiver;
import org.jspecify.annotations.Nullable;

/** The context of {@code @ProcessElement} as its owner sees it. */
interface ElementHolder {
  /** The next call is for this element. */
  void element(@Nullable Object value);

  /** Says where the main output goes, once, before the first element. */
  void wire(Receiver main);
}
