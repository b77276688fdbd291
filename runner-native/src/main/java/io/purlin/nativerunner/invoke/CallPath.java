package io.purlin.nativerunner.invoke;

/** How a DoFn's {@code @ProcessElement} is called. Results are the same. */
public enum CallPath {
  /** Directly, by code made for the position, where the DoFn allows it; else generally. */
  DIRECT,
  /** Through Beam's invoker and an argument provider. */
  GENERAL
}
