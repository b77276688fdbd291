package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.side.FlinkPeer;
import io.purlin.benchmarks.side.PeerPaths;
import io.purlin.benchmarks.side.SideProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** With what our copying of a topic is compared. */
enum CopyPeer {
  /** A loop around Kafka's clients, of one thread. */
  LOOP("consume-produce loop", 0.85, 1) {
    @Override
    SideProcess start(int parallelism, Path folder, Path log) throws IOException {
      return new SideProcess(System.getProperty("java.class.path"), CopyLoop.class, List.of(), log);
    }
  },

  /** Flink's DataStream API with its Kafka connector. */
  FLINK(
      "Flink "
          + PeerPaths.FLINK_VERSION
          + ", DataStream, object reuse, flink-connector-kafka "
          + PeerPaths.FLINK_CONNECTOR_KAFKA_VERSION,
      1.2,
      1) {
    @Override
    SideProcess start(int parallelism, Path folder, Path log) throws IOException {
      return new SideProcess(
          PeerPaths.flinkDataStream(),
          DataStreamCopy.class,
          List.of(Integer.toString(parallelism), folder.resolve("flink").toUri().toString()),
          log);
    }
  },

  /** Kafka Streams. */
  KAFKA_STREAMS("Kafka Streams " + PeerPaths.KAFKA_STREAMS_VERSION + ", exactly_once_v2", 1.2, 1) {
    @Override
    SideProcess start(int parallelism, Path folder, Path log) throws IOException {
      return new SideProcess(
          PeerPaths.kafkaStreams(),
          StreamsCopy.class,
          List.of(Integer.toString(parallelism), folder.resolve("kafka-streams").toString()),
          log);
    }
  },

  /**
   * KafkaIO's exactly-once sink on Beam's FlinkRunner. It is given a part of the records, since its
   * groupings fire for each element and each of what they emit is a transaction of its own.
   */
  FLINK_RUNNER(FlinkPeer.NAME + ", withEOS", 20, 10_000) {
    @Override
    SideProcess start(int parallelism, Path folder, Path log) throws IOException {
      List<String> arguments = new ArrayList<>();
      arguments.add(Integer.toString(parallelism));
      arguments.addAll(FlinkPeer.flags(parallelism));
      arguments.add("--checkpointingInterval=1000");
      arguments.add("--stateBackend=filesystem");
      arguments.add("--stateBackendStoragePath=" + folder.resolve("flink-runner").toUri());
      return new SideProcess(PeerPaths.flinkRunner(), EosCopy.class, arguments, log);
    }
  };

  private final String version;
  private final double least;
  private final int part;

  CopyPeer(String version, double least, int part) {
    this.version = version;
    this.least = least;
    this.part = part;
  }

  /**
   * Starts the peer, which then copies whenever it is asked to.
   *
   * @param parallelism where it has any
   * @param folder for what it keeps, which is deleted when it has ended
   */
  abstract SideProcess start(int parallelism, Path folder, Path log) throws IOException;

  /** What it is, with its version. */
  String version() {
    return version;
  }

  /** How many times its throughput ours must be at least. */
  double least() {
    return least;
  }

  /** How many of our records there are for one that it copies. */
  int part() {
    return part;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
