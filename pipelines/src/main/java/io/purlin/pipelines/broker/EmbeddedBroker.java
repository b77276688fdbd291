package io.purlin.pipelines.broker;

import io.purlin.pipelines.process.TiedProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker in a process of its own: one node, bound to loopback on free ports, with its data
 * and log in a temporary folder.
 *
 * <p>Being a process, it can be killed as a crash would ({@link #kill}) and started again on the
 * same data and address ({@link #restart}). It ends with {@link #close}, and also when this process
 * ends in whatever way (see {@link TiedProgram}). Only the process started here is ever ended, by
 * its own handle.
 *
 * <p>Lifetime: from {@link #start} to {@link #close}, which deletes the folder. Used by one thread.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /** How long a start may take: far longer than on a quiet machine, for one that is not. */
  private static final long START_SECONDS = 180;

  private static final long POLL_MILLIS = 50;
  private static final long STOP_SECONDS = 20;
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
          "-Dorg.slf4j.simpleLogger.log.org.apache.kafka=error");
  private static final String READY = "Kafka Server started";

  private final Path folder;
  private final BrokerProperties properties;
  private final BrokerVersion version;
  private @Nullable Process process;
  private int starts;

  private EmbeddedBroker(Path folder, BrokerProperties properties, BrokerVersion version) {
    this.folder = folder;
    this.properties = properties;
    this.version = version;
  }

  /**
   * Starts a broker and waits until it serves, some five seconds.
   *
   * @throws IllegalStateException when it does not come up within three minutes; the message ends
   *     with the last lines of its log
   */
  public static EmbeddedBroker start() {
    return start(BrokerVersion.ordinary());
  }

  /**
   * Starts a broker of a version.
   *
   * @throws IllegalStateException as {@link #start()}
   */
  public static EmbeddedBroker start(BrokerVersion version) {
    return start(create(Optional.empty(), version));
  }

  /**
   * Starts a broker that can also be reached through a proxy. Whoever connects to the proxy's port,
   * which passes on to {@link #proxiedPort}, is told to come back that way.
   *
   * @param version of the broker
   * @param proxyPort where the proxy listens, on loopback
   * @throws IllegalStateException as {@link #start()}
   */
  public static EmbeddedBroker startBehind(BrokerVersion version, int proxyPort) {
    return start(
        create(
            Optional.of(new BrokerProperties.Proxied(TiedProgram.freePort(), proxyPort)), version));
  }

  private static EmbeddedBroker start(EmbeddedBroker broker) {
    try {
      broker.format();
      broker.launch();
      return broker;
    } catch (RuntimeException | Error e) {
      broker.close();
      throw e;
    }
  }

  private static EmbeddedBroker create(
      Optional<BrokerProperties.Proxied> proxied, BrokerVersion version) {
    try {
      Path folder = Files.createTempDirectory("purlin-broker-");
      BrokerProperties properties =
          new BrokerProperties(folder, TiedProgram.freePort(), TiedProgram.freePort(), proxied);
      Files.writeString(folder.resolve("server.properties"), properties.text());
      return new EmbeddedBroker(folder, properties, version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address for clients' {@code bootstrap.servers}. It stays the same over restarts. */
  public String bootstrapServers() {
    return properties.address();
  }

  /** Where the proxy passes on to. */
  public int proxiedPort() {
    return properties
        .proxied()
        .orElseThrow(() -> new IllegalStateException("the broker is behind no proxy"))
        .port();
  }

  /** Where the broker writes its log. */
  public Path log() {
    return folder.resolve("broker.log");
  }

  /** The folder of its data, deleted with it. */
  public Path folder() {
    return folder;
  }

  /** The broker's process id. */
  public long pid() {
    return running().pid();
  }

  /** Ends the broker at once, as {@code kill -9} does. What was not on disk is lost. */
  public void kill() {
    Process ended = running();
    ended.destroyForcibly();
    TiedProgram.await(ended, STOP_SECONDS);
    process = null;
  }

  /**
   * Starts the broker again on the same data and address, after {@link #kill}.
   *
   * @throws IllegalStateException when it still runs, or does not come up within three minutes
   */
  public void restart() {
    if (process != null) {
      throw new IllegalStateException("the broker still runs");
    }
    launch();
  }

  /** Stops the broker and deletes its data. */
  @Override
  public void close() {
    if (process != null) {
      Process ended = process;
      process = null;
      TiedProgram.stop(ended);
    }
    TiedProgram.delete(folder);
  }

  private void format() {
    String id = clusterId();
    Process tool =
        spawn("kafka.tools.StorageTool", "format", "-t", id, "-c", propertiesFile().toString());
    if (!TiedProgram.await(tool, START_SECONDS) || tool.exitValue() != 0) {
      tool.destroyForcibly();
      throw new IllegalStateException(
          "The broker's storage cannot be formatted.\n" + TiedProgram.tail(log()));
    }
  }

  /** Kafka's ids are 16 bytes in URL-safe Base64; one must not start with a dash. */
  private static String clusterId() {
    UUID random = UUID.randomUUID();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(random.getMostSignificantBits() & Long.MAX_VALUE)
            .putLong(random.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void launch() {
    starts++;
    Process started = spawn("kafka.Kafka", propertiesFile().toString());
    process = started;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() - end < 0) {
      if (readyLines() == starts) {
        return;
      }
      try {
        if (started.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    started.destroyForcibly();
    process = null;
    throw new IllegalStateException("The broker did not start.\n" + TiedProgram.tail(log()));
  }

  private long readyLines() {
    try (Stream<String> lines = Files.lines(log())) {
      return lines.filter(line -> line.contains(READY)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process spawn(String... program) {
    return new TiedProgram(folder, JVM_OPTIONS, version.classPath()).startWithLog(log(), program);
  }

  private Path propertiesFile() {
    return folder.resolve("server.properties");
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("the broker does not run");
    }
    return process;
  }
}
