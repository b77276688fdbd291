package io.purlin.nativerunner.time;

/**
 * What a task does before it stands still in the middle of an element: without a credit, or at a
 * sink that waits for a commit.
 *
 * <p>Whoever it waits for may be waiting for its answer to a checkpoint, which it could not give
 * while it stands; so it gives that first. Owned by the task's thread; lives as long as the task.
 */
public final class Standstill {
  private Runnable first = () -> {};

  /** Nothing is to be done so far. */
  public Standstill() {}

  /** Sets what is to be done. Before the task runs. */
  public void first(Runnable work) {
    first = work;
  }

  /** The task is about to wait. Cheap when nothing is to be done. */
  public void begins() {
    first.run();
  }
}
