package io.purlin.pipelines.flink;

import java.nio.file.Path;

/**
 * The cluster's settings.
 *
 * @param folder where its data goes
 * @param rpcPort where the job manager waits for task managers
 * @param restPort where it waits for clients
 * @param cores how many tasks a step has unless told otherwise
 */
record FlinkProperties(Path folder, int rpcPort, int restPort, int cores) {
  /** The heap of a task manager. */
  static final int HEAP_MIB = 1536;

  private static final int FRAMEWORK_HEAP_MIB = 128;
  private static final String HOST = "127.0.0.1";

  /** With more tasks than that in a step a job waits for slots in vain. */
  private static final int LEAST_SLOTS = 8;

  /** For clients. */
  String address() {
    return HOST + ":" + restPort;
  }

  /** How many slots the task manager has, and so how many tasks a step may have. */
  int slots() {
    return Math.max(LEAST_SLOTS, cores);
  }

  /** The content of {@code flink-conf.yaml}. */
  String text() {
    return String.join(
        "\n",
        "jobmanager.rpc.address: " + HOST,
        "jobmanager.bind-host: " + HOST,
        "jobmanager.rpc.port: " + rpcPort,
        "rest.address: " + HOST,
        "rest.bind-address: " + HOST,
        "rest.port: " + restPort,
        "rest.bind-port: " + restPort,
        "taskmanager.host: " + HOST,
        "taskmanager.bind-host: " + HOST,
        "taskmanager.numberOfTaskSlots: " + slots(),
        "parallelism.default: " + cores,
        "taskmanager.cpu.cores: " + cores,
        // All of a task manager's memory, as Flink's scripts work it out; its JVM has that heap.
        "taskmanager.memory.task.heap.size: " + (HEAP_MIB - FRAMEWORK_HEAP_MIB) + "m",
        "taskmanager.memory.task.off-heap.size: 0m",
        "taskmanager.memory.framework.heap.size: " + FRAMEWORK_HEAP_MIB + "m",
        "taskmanager.memory.framework.off-heap.size: 128m",
        "taskmanager.memory.network.min: 256m",
        "taskmanager.memory.network.max: 256m",
        "taskmanager.memory.managed.size: 64m",
        "taskmanager.memory.jvm-metaspace.size: 256m",
        "taskmanager.memory.jvm-overhead.min: 192m",
        "taskmanager.memory.jvm-overhead.max: 192m",
        "io.tmp.dirs: " + folder.resolve("tmp"),
        // State in objects on the heap is written while it changes where the runner copies nothing.
        "state.backend.type: rocksdb",
        "state.backend.incremental: true",
        // What many operators share is full with the first block of each.
        "state.backend.rocksdb.memory.managed: false",
        "state.checkpoints.dir: " + folder.resolve("checkpoints").toUri(),
        "web.upload.dir: " + folder.resolve("upload"),
        "blob.storage.directory: " + folder.resolve("blobs"),
        // A failure of a step is shown and not tried again for ever.
        "restart-strategy.type: fixed-delay",
        "restart-strategy.fixed-delay.attempts: 3",
        "restart-strategy.fixed-delay.delay: 1 s",
        "");
  }
}
