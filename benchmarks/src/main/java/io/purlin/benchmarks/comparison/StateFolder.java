package io.purlin.benchmarks.comparison;

import io.purlin.benchmarks.ready.Work;
import io.purlin.benchmarks.side.FlinkPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder for state that outlives a process, and the settings by which each side keeps it there:
 * RocksDB with the same memory outside of the heap, checkpoints as often, which hold what has
 * changed since the one before. Deleted when closed. Used by one thread.
 */
final class StateFolder implements AutoCloseable {
  static final long INTERVAL_MILLIS = 10_000;

  /** Our own default, which is more than Flink's. */
  private static final long ROCKSDB_BYTES = 256L << 20;

  private final Path folder;

  /**
   * A folder that is empty at first.
   *
   * @param folder which is deleted if it is there
   */
  StateFolder(Path folder) throws IOException {
    this.folder = folder.toAbsolutePath();
    delete();
  }

  /** What a report says of a peer with these settings. */
  static String description() {
    return "RocksDB, incremental checkpoints every " + INTERVAL_MILLIS / 1000 + " s";
  }

  /** Options of the native runner. */
  List<String> nativeFlags(Work work) {
    return nativeFlags(memoryFlags(work, 1), INTERVAL_MILLIS);
  }

  /**
   * Options of the native runner.
   *
   * @param memoryFlags those of the memory for state
   * @param intervalMillis between checkpoints; 0: none
   */
  List<String> nativeFlags(List<String> memoryFlags, long intervalMillis) {
    List<String> flags = new ArrayList<>(memoryFlags);
    flags.addAll(
        List.of(
            "--stateBackend=rocksdb",
            "--stateDir=" + folder.resolve("native-rocksdb"),
            "--checkpointingInterval=" + intervalMillis,
            "--checkpointDir=" + folder.resolve("native-checkpoints"),
            "--jobName=ready",
            // Every run of a side begins anew.
            "--resume=never"));
    return flags;
  }

  /**
   * Options for the memory: where it is limited, hot state on the heap and RocksDB share what a
   * peer's has.
   *
   * @param share of the memory for the whole input, when the input is so much smaller
   */
  static List<String> memoryFlags(Work work, double share) {
    long half = (long) (share * ROCKSDB_BYTES / 2);
    return work == Work.JOIN
        ? List.of("--stateMemory=" + half, "--managedMemory=" + half)
        : List.of("--managedMemory=" + ROCKSDB_BYTES);
  }

  /** Settings of Flink's DataStream API, {@code key=value} each. */
  List<String> flinkSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("state.backend.type", "rocksdb");
    settings.put("state.backend.rocksdb.localdir", folder.resolve("flink-rocksdb"));
    settings.put("taskmanager.memory.managed.size", ROCKSDB_BYTES + "b");
    settings.put("execution.checkpointing.interval", INTERVAL_MILLIS + " ms");
    settings.put("execution.checkpointing.incremental", true);
    settings.put("execution.checkpointing.storage", "filesystem");
    settings.put("execution.checkpointing.dir", folder.resolve("flink-checkpoints").toUri());
    return settings.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
  }

  /** Options of Beam's FlinkRunner. */
  List<String> flinkRunnerFlags() throws IOException {
    List<String> flags =
        new ArrayList<>(FlinkPeer.rocksDbFlags(folder, ROCKSDB_BYTES, INTERVAL_MILLIS));
    // With checkpoints its sources would stay for ever.
    flags.add("--shutdownSourcesAfterIdleMs=0");
    return flags;
  }

  /** Where Kafka Streams keeps what it has. */
  Path streamsFolder() {
    return folder.resolve("kafka-streams");
  }

  @Override
  public void close() throws IOException {
    delete();
  }

  private void delete() throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
