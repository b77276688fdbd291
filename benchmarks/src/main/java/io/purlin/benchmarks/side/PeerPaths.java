package io.purlin.benchmarks.side;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The class paths of peers, whose jars cannot be on one class path with ours, and their versions.
 */
public final class PeerPaths {
  private static final Properties VERSIONS = versions();

  /** Of Beam's FlinkRunner, and of the Beam that it brings along. */
  public static final String FLINK_RUNNER_VERSION = VERSIONS.getProperty("flinkrunner");

  /** Of the Flink that runs without Beam. */
  public static final String FLINK_VERSION = VERSIONS.getProperty("flink");

  /** Of the connector by which that Flink reads and writes topics. */
  public static final String FLINK_CONNECTOR_KAFKA_VERSION =
      VERSIONS.getProperty("flinkconnectorkafka");

  /** Of Kafka Streams, and of the clients that it brings along. */
  public static final String KAFKA_STREAMS_VERSION = VERSIONS.getProperty("kafkastreams");

  private PeerPaths() {}

  /** FlinkRunner with a Beam of its own; what is ours knows no runner. */
  public static String flinkRunner() throws IOException {
    return classPath("benchmarks/flink/target/flink.classpath");
  }

  /** Flink without a runner, with its Kafka connector. */
  public static String flinkDataStream() throws IOException {
    return classPath("benchmarks/flink-datastream/target/flink-datastream.classpath");
  }

  /** Kafka Streams. */
  public static String kafkaStreams() throws IOException {
    return classPath("benchmarks/kafka-streams/target/kafka-streams.classpath");
  }

  /** Kafka's own tools. */
  public static String kafkaTools() throws IOException {
    return classPath("benchmarks/kafka-tools/target/kafka-tools.classpath");
  }

  /** The peer's own jars come first. */
  private static String classPath(String file) throws IOException {
    return String.join(
        File.pathSeparator,
        Files.readString(Path.of(file)).strip(),
        Path.of("benchmarks/target/classes").toString(),
        Path.of("pipelines/target/classes").toString());
  }

  private static Properties versions() {
    Properties versions = new Properties();
    try (InputStream in = PeerPaths.class.getResourceAsStream("peer.properties")) {
      versions.load(in);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return versions;
  }
}
