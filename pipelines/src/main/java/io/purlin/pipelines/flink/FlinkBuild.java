package io.purlin.pipelines.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the build with profile {@code flink} has made.
 *
 * @param jar the pipelines, to be submitted to a cluster
 * @param classPath of a cluster's own processes, and of its client
 */
public record FlinkBuild(Path jar, String classPath) {
  /** The system property that names the jar. */
  public static final String JAR = "purlin.flink.jar";

  /** The system property that names the file with the class path. */
  public static final String CLUSTER = "purlin.flink.cluster";

  /** Where {@link #JAR} and {@link #CLUSTER} say; empty without them. */
  public static Optional<FlinkBuild> find() {
    String jar = System.getProperty(JAR);
    String cluster = System.getProperty(CLUSTER);
    if (jar == null || cluster == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new FlinkBuild(
              Path.of(jar).toAbsolutePath(), Files.readString(Path.of(cluster)).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
