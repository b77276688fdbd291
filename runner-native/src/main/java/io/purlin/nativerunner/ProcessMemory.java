package io.purlin.nativerunner;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.memory.Collector;
import io.purlin.nativerunner.memory.ContainerLimit;
import io.purlin.nativerunner.memory.MemorySizes;
import io.purlin.nativerunner.memory.MemoryTable;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.plan.ExchangePlan;
import io.purlin.nativerunner.plan.ExecutionPlan;
import io.purlin.sdk.NativePipelineOptions;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether a job fits into this process, and the process into its container. Stateless. */
final class ProcessMemory {
  /** By a name of its own, for programs that show this and nothing else of what is logged. */
  private static final Logger LOG = LoggerFactory.getLogger("io.purlin.memory");

  private static final long MEBIBYTE = 1 << 20;

  /** What HotSpot reserves for compiled code, where it does not say. */
  private static final long USUAL_CODE_CACHE = 240 * MEBIBYTE;

  private ProcessMemory() {}

  /**
   * Logs what the memory of the process is for.
   *
   * @throws IllegalArgumentException when it cannot fit, unless the options say that it is to start
   *     all the same; the message says what to change
   */
  static void check(ExecutionPlan plan, NativePipelineOptions options) {
    MemoryTable table = MemoryTable.of(sizes(plan, options));
    String misfit = table.misfit();
    if (misfit != null && !options.getAllowMemoryOvercommit()) {
      throw new IllegalArgumentException(
          misfit + " Or start all the same, with --allowMemoryOvercommit.\n" + table);
    }
    LOG.info("Memory of this process:\n{}", table);
    if (misfit != null) {
      LOG.warn("{} It starts all the same, as --allowMemoryOvercommit says.", misfit);
    }
  }

  private static MemorySizes sizes(ExecutionPlan plan, NativePipelineOptions options) {
    boolean rocksDb = StateBackend.isRocksDb(options);
    HotSpotDiagnosticMXBean hotSpot =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return new MemorySizes(
        Math.min(
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
            ContainerLimit.bytes()),
        Runtime.getRuntime().maxMemory(),
        rocksDb ? options.getStateMemory() : 0,
        rocksDb ? options.getManagedMemory() : 0,
        flag(hotSpot, "MaxMetaspaceSize", 0),
        flag(hotSpot, "MaxDirectMemorySize", 0),
        flag(hotSpot, "ReservedCodeCacheSize", USUAL_CODE_CACHE),
        isSet(hotSpot, "UseSerialGC") ? Collector.SERIAL : Collector.CONCURRENT,
        flag(hotSpot, "ThreadStackSize", 1024) << 10,
        plan.chains().stream().mapToInt(ChainPlan::parallelism).sum(),
        plan.exchanges().stream().mapToInt(exchange -> channels(plan, exchange)).sum(),
        options.getBuffersPerChannel());
  }

  private static int channels(ExecutionPlan plan, ExchangePlan exchange) {
    int from = plan.chains().get(exchange.fromChain()).parallelism();
    int to = plan.chains().get(exchange.toChain()).parallelism();
    return exchange.partitioning() instanceof Partitioning.Forward ? Math.min(from, to) : from * to;
  }

  private static boolean isSet(@Nullable HotSpotDiagnosticMXBean hotSpot, String name) {
    try {
      return hotSpot != null && Boolean.parseBoolean(hotSpot.getVMOption(name).getValue());
    } catch (IllegalArgumentException e) {
      // As below.
      return false;
    }
  }

  /** The size that a flag sets; what means that there is no limit is 0, as not having the flag. */
  private static long flag(@Nullable HotSpotDiagnosticMXBean hotSpot, String name, long otherwise) {
    if (hotSpot == null) {
      return otherwise;
    }
    try {
      // Without a limit it is the largest number without a sign.
      long value = Long.parseUnsignedLong(hotSpot.getVMOption(name).getValue());
      return value < 0 ? 0 : value;
    } catch (IllegalArgumentException e) {
      // Another JVM has other flags.
      return otherwise;
    }
  }
}
