package io.purlin.benchmarks.side;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * A look at the clocks.
 *
 * @param nanos of {@link System#nanoTime}
 * @param cpuNanos what the process has used of all processors
 */
public record Reading(long nanos, long cpuNanos) {
  /** A look now. */
  public static Reading now() {
    return new Reading(System.nanoTime(), cpu());
  }

  /** What has passed since an earlier look: nanoseconds, and those of all processors. */
  public long[] since(Reading earlier) {
    return new long[] {nanos - earlier.nanos, cpuNanos - earlier.cpuNanos};
  }

  private static long cpu() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }
}
