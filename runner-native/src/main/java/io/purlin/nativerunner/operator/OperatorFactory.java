package io.purlin.nativerunner.operator;

/**
 * Makes the operator of one step for each parallel task that runs it. Immutable; may be used by any
 * thread. Whatever an operator may change, such as a DoFn instance, is copied for each task.
 */
public interface OperatorFactory {
  /** A new operator for one task, not yet opened. */
  Operator create(OperatorContext context);

  /** In what way the step is run, and why, for people; empty where there is no choice. */
  default String explanation() {
    return "";
  }
}
