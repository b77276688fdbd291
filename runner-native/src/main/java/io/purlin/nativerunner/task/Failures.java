package io.purlin.nativerunner.task;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks into failures, which are seldom the first thing that was thrown. Stateless. */
public final class Failures {
  private Failures() {}

  /**
   * A failure and all that it tells of: causes, and what was suppressed for one of these. Two tasks
   * that fail for the same reason, or a step that fails and cannot be closed then, are one failure
   * with the other suppressed.
   */
  public static Set<Throwable> parts(Throwable failure) {
    Set<Throwable> parts = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> todo = new ArrayDeque<>();
    todo.add(failure);
    for (Throwable next = todo.poll(); next != null; next = todo.poll()) {
      if (parts.add(next)) {
        Throwable cause = next.getCause();
        if (cause != null) {
          todo.add(cause);
        }
        Collections.addAll(todo, next.getSuppressed());
      }
    }
    return parts;
  }

  /** The error of the JVM that a failure tells of, such as no memory; null when it is none. */
  public static @Nullable VirtualMachineError ofJvm(Throwable failure) {
    if (failure instanceof VirtualMachineError error) {
      return error;
    }
    for (Throwable part : parts(failure)) {
      if (part instanceof VirtualMachineError error) {
        return error;
      }
    }
    return null;
  }

  /**
   * Adds a failure to the one before. An error of the JVM comes first, since others follow from it:
   * the time of a checkpoint runs out while there is no memory, for example. Where there is none to
   * add them, one of them is lost, and never the error.
   */
  public static Throwable merge(@Nullable Throwable first, Throwable next) {
    if (first == null || first == next) {
      return next;
    }
    try {
      boolean swapped = ofJvm(first) == null && ofJvm(next) != null;
      Throwable kept = swapped ? next : first;
      kept.addSuppressed(swapped ? first : next);
      return kept;
    } catch (OutOfMemoryError full) {
      return first instanceof VirtualMachineError ? first : full;
    }
  }
}
