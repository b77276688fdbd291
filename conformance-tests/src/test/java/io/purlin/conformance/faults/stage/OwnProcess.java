package io.purlin.conformance.faults.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Java process that was started here, with its output in a file. Its standard input is a pipe
 * that stays open as long as this process lives: programs end when it closes. Owned by one thread.
 */
public final class OwnProcess implements AutoCloseable {
  /** The exit code after signal 9. */
  public static final int KILLED = 137;

  private static final long POLL_MILLIS = 20;
  private static final int TAIL_LINES = 30;

  private final Process process;
  private final int patience;
  private final Path log;

  private OwnProcess(Process process, int patience, Path log) {
    this.process = process;
    this.patience = patience;
    this.log = log;
  }

  static OwnProcess java(
      Launch launch, Path log, List<String> jvmFlags, Class<?> main, List<String> arguments) {
    Redirect out = Redirect.appendTo(log.toFile());
    return new OwnProcess(start(launch, jvmFlags, main, arguments, out), launch.patience(), log);
  }

  static Process start(
      Launch launch, List<String> jvmFlags, Class<?> main, List<String> arguments, Redirect out) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(launch.flags());
    command.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
    command.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS");
    command.addAll(jvmFlags);
    command.addAll(List.of("-cp", launch.classPath(), main.getName()));
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends a signal, if it still runs. */
  public void signal(Signal signal) {
    if (process.isAlive()) {
      signal.send(process.pid());
    }
  }

  /** Its exit code if it ends within the time. */
  public OptionalInt awaitExit(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      throw Interrupts.passOn(e);
    }
  }

  /** Its exit code if it ends by itself within a limit, which is longer on a busy machine. */
  public OptionalInt awaitEnd(Duration limit) {
    return awaitExit(limit.multipliedBy(patience));
  }

  /**
   * Waits until its log has a text, and says whether that came within a limit, which is longer on a
   * busy machine.
   */
  public boolean awaitLog(String text, Duration limit) {
    return awaitLog(text, 0, limit);
  }

  /** As {@link #awaitLog(String, Duration)}, in what comes after the first characters. */
  public boolean awaitLog(String text, int after, Duration limit) {
    long end = System.nanoTime() + limit.multipliedBy(patience).toNanos();
    while (log().indexOf(text, after) < 0) {
      boolean ended = awaitExit(Duration.ofMillis(POLL_MILLIS)).isPresent();
      if (ended || System.nanoTime() - end > 0) {
        return log().indexOf(text, after) >= 0;
      }
    }
    return true;
  }

  /** All it has written so far. */
  public String log() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of memory that it has now, as the system counts. */
  public long residentBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of all objects of it that are in use: it collects the others first. */
  public long liveBytes() {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process asking =
          new ProcessBuilder(jcmd, Long.toString(pid()), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String answer = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String[] words = answer.strip().split("\\s+", -1);
      return Long.parseLong(words[words.length - 1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines of it. */
  public String logTail() {
    List<String> lines = log().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  /** Kills it, if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(20));
  }
}
