package io.purlin.nativerunner.operator;

/**
 * Makes the operator of one step for each parallel task that runs it. Immutable, but for what the
 * operators share; may be used by any thread. Whatever an operator may change, such as a DoFn
 * instance, is copied for each task.
 */
public interface OperatorFactory {
  /** A new operator for one task, not yet opened. */
  Operator create(OperatorContext context);

  /**
   * The factory of one attempt to run the job, asked for before that makes its tasks. What the
   * operators of a step share begins anew with each attempt; where they share nothing, it is this.
   */
  default OperatorFactory forAttempt() {
    return this;
  }

  /** In what way the step is run, and why, for people; empty where there is no choice. */
  default String explanation() {
    return "";
  }
}
