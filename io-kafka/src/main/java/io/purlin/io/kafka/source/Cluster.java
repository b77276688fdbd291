package io.purlin.io.kafka.source;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;

/**
 * Questions about a cluster that need no consumer. No call waits; an {@link Answer} may. Used by
 * one thread at a time.
 */
interface Cluster extends AutoCloseable {
  /** What will be known. */
  interface Answer<T> {
    /** Whether {@link #get} would not wait. */
    boolean isDone();

    /**
     * Waits for the answer.
     *
     * @throws ExecutionException with Kafka's error as its cause
     */
    T get() throws ExecutionException, InterruptedException;
  }

  /**
   * Topics, as far as they exist.
   *
   * @param partitions how many partitions each topic has
   * @param missing topics that were asked for by name and do not exist
   */
  record Topics(Map<String, Integer> partitions, Set<String> missing) {}

  /** The topics of a subscription. */
  Answer<Topics> topics(Subscription subscription);

  /** The offsets behind the last records, those of open transactions included. */
  Answer<Map<TopicPartition, Long>> ends(Collection<TopicPartition> partitions);

  @Override
  void close();
}
