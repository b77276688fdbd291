package io.purlin.sdk.connector;

import java.util.List;

/**
 * A step of the pipeline that a connector's source runs. Immutable.
 *
 * <p>The source consists of splits, such as the partitions of a topic. Each reader has some of them
 * and each split has one reader. Order of calls: {@link #createReaders} once for each attempt of
 * the job, on the job's thread; then each reader on the thread of its task, as {@link SplitReader}
 * says.
 *
 * @param <T> its elements
 */
public interface SourceTransform<T> {
  /** The step's full name in the pipeline. */
  String stepName();

  /** One line for people, such as {@code Kafka topic "orders" at localhost:9092}. No secrets. */
  String description();

  /**
   * Finds the splits, deals them out and makes one reader for each task, not yet opened. May ask
   * the external system, and wait for it as long as its timeouts say. With {@link
   * SourceJob#positions} it reads on from there, whatever the parallelism was then: each split that
   * has a position is restored by one reader.
   *
   * @return as many readers as {@link SourceJob#parallelism}
   * @throws SourceException when the external system is not reached or says no
   */
  List<SplitReader<T>> createReaders(SourceJob job);
}
