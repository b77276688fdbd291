package io.purlin.benchmarks.clickstream;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.beam.sdk.PipelineResult;

/**
 * Sees when a consumer of this process hands out the first records of a topic. Kafka's clients say
 * so themselves, so that the pipeline needs no step for it and the moment is the same on all sides:
 * metrics of FlinkRunner come seconds late.
 */
final class FirstFetch {
  private static final long LOOK_MILLIS = 2;

  /** FlinkRunner may take long to say how its job is, and nothing is seen meanwhile. */
  private static final int LOOKS_BEFORE_THE_JOB = 500;

  /**
   * A consumer has it for a partition from its first records on; others come with a whole fetch.
   */
  private static final String LAG = "records-lag";

  private FirstFetch() {}

  /**
   * Waits for it.
   *
   * @param topic which no consumer of this process has read before
   * @throws IllegalStateException when the job has ended before that was seen
   */
  static void await(String topic, PipelineResult job) throws InterruptedException {
    MBeanServer metrics = ManagementFactory.getPlatformMBeanServer();
    ObjectName partitions = partitionsOf(topic);
    int looks = 0;
    while (metrics.queryNames(partitions, null).stream().noneMatch(each -> hasLag(metrics, each))) {
      if (++looks % LOOKS_BEFORE_THE_JOB == 0 && job.getState().isTerminal()) {
        throw new IllegalStateException("nothing was seen to be read, and the job is at its end");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private static ObjectName partitionsOf(String topic) {
    try {
      return new ObjectName(
          "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*,partition=*,topic="
              + topic);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(topic, e);
    }
  }

  private static boolean hasLag(MBeanServer metrics, ObjectName partition) {
    try {
      return Arrays.stream(metrics.getMBeanInfo(partition).getAttributes())
          .anyMatch(each -> each.getName().equals(LAG));
    } catch (InstanceNotFoundException closed) {
      return false;
    } catch (JMException e) {
      throw new IllegalStateException("no metrics of " + partition, e);
    }
  }
}
