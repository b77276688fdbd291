package io.purlin.pipelines.broker;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A version of Kafka's broker. Its jars are those that the build has listed, or that a distribution
 * has in a folder.
 *
 * @param number such as {@code 4.4.0}
 */
public record BrokerVersion(String number) {
  /** The system property that names the version of brokers that are not asked for one. */
  public static final String PROPERTY = "purlin.broker";

  /** The newest that keeps a producer's epoch from one transaction to the next. */
  public static final BrokerVersion V3_9_2 = new BrokerVersion("3.9.2");

  /** Has {@code transaction.version=2}: every transaction has an epoch of its own. */
  public static final BrokerVersion V4_1_2 = new BrokerVersion("4.1.2");

  /** The newest. */
  public static final BrokerVersion V4_4_0 = new BrokerVersion("4.4.0");

  /** The version that {@link #PROPERTY} names, else {@link #V3_9_2}. */
  public static BrokerVersion ordinary() {
    String number = System.getProperty(PROPERTY);
    return number == null ? V3_9_2 : of(number);
  }

  /**
   * A version whose jars there are.
   *
   * @throws IllegalArgumentException when there are none of this version
   */
  public static BrokerVersion of(String number) {
    BrokerVersion version = new BrokerVersion(number);
    var unused = version.classPath();
    return version;
  }

  private static String list(String number) {
    return "broker-" + number + ".classpath";
  }

  /** Kafka's clients of the same version, a jar. */
  public Path clients() {
    return Stream.of(classPath().split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(BrokerVersion::isClients)
        .findAny()
        .orElseThrow();
  }

  /** Whether a jar is that of Kafka's clients, of any version. */
  public static boolean isClients(Path jar) {
    return String.valueOf(jar.getFileName()).startsWith("kafka-clients-");
  }

  /** The class path of a broker: its jars. */
  String classPath() {
    try (InputStream in = BrokerVersion.class.getResourceAsStream(list(number))) {
      return in == null
          ? jarsBeside(ownClasses())
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A distribution has no list but a folder, beside our own jar. */
  private String jarsBeside(Path own) throws IOException {
    Path folder = own.resolveSibling("broker-" + number);
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "There are no jars of a broker "
              + number
              + " here: a build with Maven has those of 3.9.2, 4.1.2 and 4.4.0, a distribution those"
              + " of 3.9.2. Give --bootstrapServers=<host:port> of a broker of your own.");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static Path ownClasses() {
    try {
      return Path.of(
          BrokerVersion.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
