package io.purlin.benchmarks.side;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that serves as a {@link Side}, in a process of its own, idle between its runs. Used by
 * one thread; to be closed, which ends the process.
 */
public final class SideProcess implements AutoCloseable {
  private static final List<String> OPENED_PACKAGES =
      List.of("java.lang", "java.lang.invoke", "java.util", "java.util.concurrent", "java.time");

  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;
  private final Path log;

  /**
   * Starts the process.
   *
   * @param classPath with the program and all it needs
   * @param program whose {@code main} calls {@link Side#serve}
   * @param arguments of the program
   * @param log what it prints besides its answers
   */
  public SideProcess(String classPath, Class<?> program, List<String> arguments, Path log)
      throws IOException {
    this(classPath, program, arguments, List.of(), log);
  }

  /**
   * Starts the process by another program.
   *
   * @param classPath with the program and all it needs
   * @param program whose {@code main} calls {@link Side#serve}
   * @param arguments of the program
   * @param launcher a command that becomes the command behind it, such as {@code taskset}; empty:
   *     none
   * @param log what it prints besides its answers
   */
  public SideProcess(
      String classPath, Class<?> program, List<String> arguments, List<String> launcher, Path log)
      throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The same heap and the same access for all sides. Touched before anything is measured: a pause
    // in which the collector is given memory for the first time takes hundreds of milliseconds.
    command.addAll(List.of("-Xms3g", "-Xmx3g", "-XX:+AlwaysPreTouch"));
    for (String each : OPENED_PACKAGES) {
      command.add("--add-opens=java.base/" + each + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", classPath));
    command.add(program.getName());
    command.addAll(arguments);
    this.log = log;
    process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Has the program do one thing and waits for it.
   *
   * @param request one line
   * @return the figures that it answers
   * @throws IOException when it failed; the message names its log
   */
  public long[] ask(String request) throws IOException {
    requests.write(request + "\n");
    requests.flush();
    String answer = answers.readLine();
    if (answer == null || !answer.startsWith(Side.ANSWER)) {
      throw new IOException("a side failed, see " + log + "; it answered " + answer);
    }
    String[] figures = answer.substring(Side.ANSWER.length()).split(" ", -1);
    long[] parsed = new long[figures.length];
    for (int i = 0; i < figures.length; i++) {
      parsed[i] = Long.parseLong(figures[i]);
    }
    return parsed;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
