package io.purlin.io.kafka.source;

import io.purlin.sdk.connector.SourceException;
import io.purlin.sdk.connector.SourceException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up where partitions start and stop, as KafkaIO does: at the first record that is as new as
 * the time that the read is given; else where the consumer group was; else where auto.offset.reset
 * says. By a consumer of its own, which waits.
 */
final class StartOffsets {
  private static final Logger LOG = LoggerFactory.getLogger(StartOffsets.class);

  private final ReadStep<?, ?> step;

  StartOffsets(ReadStep<?, ?> step) {
    this.step = step;
  }

  /** The same positions, with their offsets where they had none. */
  List<Position> lookUp(List<Position> positions) {
    List<Position> open = positions.stream().filter(each -> !each.ended() && isOpen(each)).toList();
    if (open.isEmpty()) {
      return positions;
    }
    SourceSettings settings = step.settings();
    List<TopicPartition> partitions = open.stream().map(Position::partition).toList();
    try (Consumer<byte[], byte[]> consumer = step.clients().consumer(settings.starting())) {
      consumer.assign(partitions);
      List<Position> known = new ArrayList<>();
      for (Position position : positions) {
        known.add(open.contains(position) ? lookUp(position, consumer) : position);
      }
      return known;
    } catch (KafkaException e) {
      throw settings.failure("looking for the start of " + partitions, e);
    }
  }

  private static boolean isOpen(Position position) {
    return position.next() == Position.START || position.stop() == Position.STOP_UNKNOWN;
  }

  private Position lookUp(Position position, Consumer<byte[], byte[]> consumer) {
    TopicPartition partition = position.partition();
    long next = position.next();
    Instant start = step.reach().start();
    if (next == Position.START) {
      next = start == null ? consumer.position(partition) : at(partition, start, consumer);
      LOG.info("{}: {} is read from offset {}", step.stepName(), partition, next);
    }
    long stop = position.stop();
    Instant end = step.reach().stop();
    if (stop == Position.STOP_UNKNOWN && end != null) {
      stop = at(partition, end, consumer);
    }
    return new Position(partition, next, stop, position.watermarkMillis(), false);
  }

  private long at(TopicPartition partition, Instant time, Consumer<byte[], byte[]> consumer) {
    Map<TopicPartition, Long> asked = new HashMap<>();
    asked.put(partition, time.getMillis());
    OffsetAndTimestamp found = consumer.offsetsForTimes(asked).get(partition);
    if (found == null) {
      throw new SourceException(
          Kind.REFUSED,
          "Kafka at "
              + step.settings().servers()
              + ": "
              + partition
              + " has no record at or after "
              + time
              + ", which is needed for a start or stop time.",
          null);
    }
    return found.offset();
  }
}
