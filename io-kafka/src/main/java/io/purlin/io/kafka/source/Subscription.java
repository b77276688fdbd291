package io.purlin.io.kafka.source;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions a step reads: those that are listed; else all of the topics that are listed;
 * else all of the topics whose whole name matches the pattern.
 *
 * @param partitions partitions that are listed
 * @param topics topics that are listed
 * @param pattern a pattern of topics, or null
 */
record Subscription(
    List<TopicPartition> partitions,
    List<String> topics,
    java.util.regex.@Nullable Pattern pattern) {
  /** Whether all of it is known beforehand, so that nothing can be discovered. */
  boolean isFixed() {
    return !partitions.isEmpty();
  }

  /** Whether a partition is one of those. */
  boolean includes(TopicPartition partition) {
    if (isFixed()) {
      return partitions.contains(partition);
    }
    return topics.isEmpty() ? matches(partition.topic()) : topics.contains(partition.topic());
  }

  /** Whether topics of a name are included by the pattern. */
  boolean matches(String topic) {
    return topics.isEmpty() && pattern != null && pattern.matcher(topic).matches();
  }

  /** The topics that are named. */
  List<String> namedTopics() {
    return isFixed()
        ? partitions.stream().map(TopicPartition::topic).distinct().sorted().toList()
        : topics.stream().distinct().sorted().toList();
  }

  @Override
  public String toString() {
    if (isFixed()) {
      return "partitions " + partitions;
    }
    if (!topics.isEmpty()) {
      return (topics.size() == 1 ? "topic \"" : "topics \"") + String.join("\", \"", topics) + "\"";
    }
    return "topics that match \"" + pattern + "\"";
  }
}
