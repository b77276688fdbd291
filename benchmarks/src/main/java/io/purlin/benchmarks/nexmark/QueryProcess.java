package io.purlin.benchmarks.nexmark;

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
 * A {@link QueryProgram} in a process of its own, idle between its runs. Used by one thread; to be
 * closed, which ends the process.
 */
final class QueryProcess implements AutoCloseable {
  private static final List<String> OPENED_PACKAGES =
      List.of("java.lang", "java.lang.invoke", "java.util", "java.util.concurrent", "java.time");

  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;
  private final Path log;

  /**
   * Starts the process.
   *
   * @param classPath with benchmarks, pipelines and the runner
   * @param log what it prints besides its answers
   */
  QueryProcess(String classPath, int query, List<String> flags, Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The same heap and the same access for both sides.
    command.addAll(List.of("-Xms3g", "-Xmx3g"));
    for (String each : OPENED_PACKAGES) {
      command.add("--add-opens=java.base/" + each + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", classPath));
    command.add(QueryProgram.class.getName());
    command.add(Integer.toString(query));
    command.addAll(flags);
    this.log = log;
    process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Runs the query once over so many events and waits for it. */
  Run run(long events) throws IOException {
    requests.write(events + "\n");
    requests.flush();
    String answer = answers.readLine();
    if (answer == null || !answer.startsWith(QueryProgram.ANSWER)) {
      throw new IOException("the query failed, see " + log + "; it answered " + answer);
    }
    String[] figures = answer.substring(QueryProgram.ANSWER.length()).split(" ", -1);
    return new Run(Long.parseLong(figures[0]) / 1e9, Long.parseLong(figures[1]));
  }

  /**
   * One run.
   *
   * @param seconds from the first event to the last bundle
   * @param results how many results there were
   */
  record Run(double seconds, long results) {}

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
