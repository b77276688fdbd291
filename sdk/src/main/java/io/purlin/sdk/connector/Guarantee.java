package io.purlin.sdk.connector;

/** What a sink promises when a job fails and starts again. */
public enum Guarantee {
  /** Every element becomes visible once. Needs checkpoints. */
  EXACTLY_ONCE,
  /** Every element becomes visible, some of them more than once. */
  AT_LEAST_ONCE
}
