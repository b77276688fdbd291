package io.purlin.pipelines.flink;

import io.purlin.pipelines.process.TiedProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Flink session cluster: a job manager and a task manager, processes of their own as in any
 * cluster, on loopback and free ports, with their data and logs in a temporary folder.
 *
 * <p>They end with {@link #close}, and also when this process ends in whatever way (see {@link
 * TiedProgram}). Only the processes started here are ever ended, by their own handles.
 *
 * <p>Lifetime: from {@link #start} to {@link #close}, which deletes the folder. Used by one thread.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

  /** Flink's client finds it by this name where it is started. */
  private static final String CONFIGURATION = "conf";

  private static final String CLIENT = "org.apache.flink.client.cli.CliFrontend";

  /** How long a start may take: far longer than on a quiet machine, for one that is not. */
  private static final long START_SECONDS = 180;

  private static final int JOB_MANAGER_HEAP_MIB = 512;
  private static final int CLIENT_HEAP_MIB = 1024;
  private static final long POLL_MILLIS = 100;
  private static final int CAUSES = 10;
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** What Flink's own scripts open of the JDK: it and its serialisers look into these packages. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.net",
          "java.io",
          "java.nio",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks");

  private final FlinkBuild build;
  private final Path folder;
  private final FlinkProperties properties;
  private final List<Process> processes = new ArrayList<>();

  private FlinkCluster(FlinkBuild build, Path folder, FlinkProperties properties) {
    this.build = build;
    this.folder = folder;
    this.properties = properties;
  }

  /**
   * Starts a cluster and waits until the job manager knows the slots of the task manager, some ten
   * seconds.
   *
   * @throws IllegalStateException when that is not so within three minutes; the message ends with
   *     what both logs say of it
   */
  public static FlinkCluster start(FlinkBuild build) {
    FlinkCluster cluster = create(build);
    try {
      cluster.launch("job-manager", JOB_MANAGER_HEAP_MIB, JOB_MANAGER);
      cluster.launch("task-manager", FlinkProperties.HEAP_MIB, TASK_MANAGER);
      cluster.awaitSlots();
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private static FlinkCluster create(FlinkBuild build) {
    try {
      Path folder = Files.createTempDirectory("purlin-flink-");
      FlinkProperties properties =
          new FlinkProperties(
              folder,
              TiedProgram.freePort(),
              TiedProgram.freePort(),
              Runtime.getRuntime().availableProcessors());
      Files.createDirectory(folder.resolve("tmp"));
      Path configuration = Files.createDirectory(folder.resolve(CONFIGURATION));
      Files.writeString(configuration.resolve("flink-conf.yaml"), properties.text());
      return new FlinkCluster(build, folder, properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients reach the job manager, host:port; a browser sees Flink's REST there. */
  public String address() {
    return properties.address();
  }

  /** The folder of its data and logs, deleted with it. */
  public Path folder() {
    return folder;
  }

  /**
   * Submits the jar as {@code flink run} does, and waits until its program has ended. What it
   * prints goes where ours goes.
   *
   * @param arguments of the program
   * @return its exit code
   */
  public int run(List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of(CLIENT, "run", "-m", address(), build.jar().toString()));
    command.addAll(arguments);
    Process client = program(CLIENT_HEAP_MIB, "error").start(command.toArray(String[]::new));
    processes.add(client);
    try {
      return client.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a job runs", e);
    }
  }

  private void launch(String name, int heapMiB, String program) {
    processes.add(
        program(heapMiB, "info")
            .startWithLog(
                log(name), program, "--configDir", folder.resolve(CONFIGURATION).toString()));
  }

  private TiedProgram program(int heapMiB, String logLevel) {
    List<String> options = new ArrayList<>();
    options.add("-Xmx" + heapMiB + "m");
    OPENED.forEach(each -> options.add("--add-opens=java.base/" + each + "=ALL-UNNAMED"));
    options.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=" + logLevel);
    return new TiedProgram(folder, options, build.classPath());
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private void awaitSlots() {
    HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
    HttpRequest overview =
        HttpRequest.newBuilder(URI.create("http://" + address() + "/overview"))
            .timeout(ANSWER)
            .build();
    String slots = "\"slots-total\":" + properties.slots() + ",";
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    try {
      while (System.nanoTime() - end < 0 && processes.stream().allMatch(Process::isAlive)) {
        if (answer(http, overview).contains(slots)) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("The Flink cluster did not start.\n" + logs());
  }

  /** Empty while nobody listens. */
  private static String answer(HttpClient http, HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    }
  }

  /** What both logs say of failures, else their last lines. */
  public String logs() {
    return Stream.of("job-manager", "task-manager")
        .map(name -> name + ":\n" + failures(log(name)))
        .collect(Collectors.joining("\n"));
  }

  private static String failures(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      List<String> causes = lines.filter(line -> line.startsWith("Caused by: ")).toList();
      return causes.isEmpty()
          ? TiedProgram.tail(log)
          : causes.stream().distinct().limit(CAUSES).collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /** Stops all processes and deletes their data. */
  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      TiedProgram.stop(processes.get(i));
    }
    TiedProgram.delete(folder);
  }
}
