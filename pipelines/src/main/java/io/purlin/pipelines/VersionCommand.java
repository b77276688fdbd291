package io.purlin.pipelines;

import io.purlin.sdk.tool.RunnerTools;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** {@code version}: what a report of a fault should name. */
@Command(
    name = "version",
    description = "Shows the versions of Purlin, Beam, the Kafka clients, RocksDB and the JVM.")
final class VersionCommand implements Runnable, IVersionProvider {
  @SuppressWarnings("unused")
  @Mixin
  private HelpOption help = new HelpOption();

  private final @Nullable Console console;

  VersionCommand(Console console) {
    this.console = console;
  }

  /** For {@code purlin --version}, called by picocli. */
  VersionCommand() {
    this.console = null;
  }

  @Override
  public void run() {
    if (console != null) {
      for (String line : getVersion()) {
        console.out().println(line);
      }
    }
  }

  @Override
  public String[] getVersion() {
    return versions().entrySet().stream()
        .map(entry -> String.format("%-15s%s", entry.getKey(), entry.getValue()))
        .toArray(String[]::new);
  }

  private static Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("Purlin", own());
    versions.put("Beam", ReleaseInfo.getReleaseInfo().getVersion());
    versions.put("Kafka clients", AppInfoParser.getVersion());
    for (RunnerTools tools : ServiceLoader.load(RunnerTools.class)) {
      versions.putAll(tools.versions());
    }
    versions.put(
        "JVM", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    versions.put("OS", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }

  private static String own() {
    Properties properties = new Properties();
    try (InputStream in = VersionCommand.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("purlin", "unknown");
  }
}
