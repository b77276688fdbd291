package io.purlin.nativerunner.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes things one after the other, whatever the ones before throw. */
final class CloseAll {
  private CloseAll() {}

  /** Closes all in order; throws the first failure at the end, with the others suppressed. */
  static void of(List<AutoCloseable> parts) throws Exception {
    @Nullable Exception first = null;
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
