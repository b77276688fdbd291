package io.purlin.sdk.connector;

/**
 * A step of the pipeline that a connector's sink runs. Immutable.
 *
 * @param <T> its elements
 */
public interface SinkTransform<T> {
  /** The step's full name in the pipeline. */
  String stepName();

  /**
   * The external system, such as {@code kafka://localhost:9092}. Sinks with equal systems share a
   * coordinator, and so a transaction. A job that wants exactly once and has sinks of two systems
   * is to be refused: no transaction spans both.
   */
  String system();

  /** One line for people, such as {@code Kafka topic "orders" at localhost:9092}. No secrets. */
  String description();
}
