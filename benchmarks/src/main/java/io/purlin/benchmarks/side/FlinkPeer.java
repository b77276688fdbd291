package io.purlin.benchmarks.side;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** Beam's FlinkRunner with a local cluster in its process, and its own Beam. */
public final class FlinkPeer {
  /** What it is called in reports. */
  public static final String NAME = "FlinkRunner " + version() + ", Flink 1.19, fasterCopy";

  private FlinkPeer() {}

  /** Options of a streaming pipeline on it. */
  public static List<String> flags(int parallelism) {
    return List.of(
        "--runner=FlinkRunner",
        "--flinkMaster=[local]",
        "--streaming=true",
        "--fasterCopy=true",
        "--parallelism=" + parallelism);
  }

  /** The peer's Beam comes first; what is ours knows no runner. */
  public static String classPath() throws IOException {
    String peer = Files.readString(Path.of("benchmarks/flink/target/flink.classpath")).strip();
    return String.join(
        File.pathSeparator,
        peer,
        Path.of("benchmarks/target/classes").toString(),
        Path.of("pipelines/target/classes").toString());
  }

  private static String version() {
    Properties versions = new Properties();
    try (InputStream in = FlinkPeer.class.getResourceAsStream("peer.properties")) {
      versions.load(in);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return versions.getProperty("flinkrunner");
  }
}
