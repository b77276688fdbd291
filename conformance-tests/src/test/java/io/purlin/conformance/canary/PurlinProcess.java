package io.purlin.conformance.canary;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line in a process of its own. All that it prints is kept. */
final class PurlinProcess implements AutoCloseable {
  /** After which a process that hangs is killed, so that it fails instead of waiting. */
  private static final long LIMIT_SECONDS = 180;

  private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:([0-9]+)/");

  private final Process process;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final CompletableFuture<String> output;
  private final CompletableFuture<Void> limit;

  private PurlinProcess(Process process) {
    this.process = process;
    this.output = CompletableFuture.supplyAsync(this::read);
    this.limit =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS));
  }

  static PurlinProcess start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    // Clients print all their settings.
    command.add("-Dorg.slf4j.simpleLogger.log.org.apache.kafka=info");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.purlin.pipelines.Main");
    command.addAll(arguments);
    return new PurlinProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private String read() {
    StringBuilder text = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        text.append(line).append('\n');
        Matcher found = PORT.matcher(line);
        if (found.find()) {
          port.complete(Integer.parseInt(found.group(1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    port.completeExceptionally(new AssertionError("it has ended:\n" + text));
    return text.toString();
  }

  /** The port at which it can be looked at, once it is there. */
  int port() {
    return port.join();
  }

  /** All that it has printed, once it has ended. */
  String output() {
    return output.join();
  }

  /** Its exit code, once it has ended. */
  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    limit.cancel(false);
    process.destroyForcibly();
  }
}
