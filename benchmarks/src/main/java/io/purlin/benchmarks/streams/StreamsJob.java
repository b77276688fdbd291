package io.purlin.benchmarks.streams;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;

/** A job on Kafka Streams: how it starts, and how it is waited for. */
public final class StreamsJob {
  private static final long START_LOOK_MILLIS = 2;
  private static final long LONGEST_MINUTES = 60;

  private StreamsJob() {}

  /**
   * Starts it and waits until each thread has its share of the partitions: the threads join one
   * after the other, and the first would begin with all of them. Nothing is processed before it is
   * resumed. A topology with a changelog cannot start so, since no changelog is read while all is
   * paused.
   *
   * @param partitions of the one topic that is read
   * @throws IllegalStateException as {@link #await}
   */
  public static void startPaused(KafkaStreams streams, int threads, int partitions)
      throws InterruptedException {
    streams.pause();
    streams.start();
    await(streams, START_LOOK_MILLIS, () -> isShared(streams, threads, partitions));
  }

  private static boolean isShared(KafkaStreams streams, int threads, int partitions) {
    Collection<ThreadMetadata> all = streams.metadataForLocalThreads();
    return all.stream().mapToInt(thread -> thread.activeTasks().size()).sum() == partitions
        && all.stream().filter(thread -> !thread.activeTasks().isEmpty()).count()
            == Math.min(threads, partitions);
  }

  /**
   * Waits for something that comes while it runs.
   *
   * @param lookMillis how long it rests between two looks
   * @throws IllegalStateException when it stops running, or an hour is over
   */
  public static void await(KafkaStreams streams, long lookMillis, BooleanSupplier reached)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
    while (!reached.getAsBoolean()) {
      KafkaStreams.State state = streams.state();
      if (state.hasStartedOrFinishedShuttingDown() || System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "Kafka Streams is %s after %d min at most".formatted(state, LONGEST_MINUTES));
      }
      TimeUnit.MILLISECONDS.sleep(lookMillis);
    }
  }
}
