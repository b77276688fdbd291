package io.purlin.pipelines.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How a Java program of others is started in a process that ends with ours, in whatever way that
 * ends. Of our classes only the one that sees to this is on its class path. Immutable.
 *
 * @param folder of the process, temporary, where it also finds that class
 * @param jvmOptions of its JVM
 * @param classPath of the program
 */
public record TiedProgram(Path folder, List<String> jvmOptions, String classPath) {
  private static final long STOP_SECONDS = 20;
  private static final int TAIL = 20;
  private static final String CLASSES = "tied";

  /** Keeps what it is given. */
  public TiedProgram {
    jvmOptions = List.copyOf(jvmOptions);
  }

  /**
   * Starts a program that prints where we print.
   *
   * @param program the name of the class with its main method, and its arguments
   */
  public Process start(String... program) {
    return started(
        command(program)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT));
  }

  /**
   * Starts a program that prints to the end of a file.
   *
   * @param program the name of the class with its main method, and its arguments
   */
  public Process startWithLog(Path log, String... program) {
    return started(
        command(program)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
  }

  private ProcessBuilder command(String... program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", ownClass() + File.pathSeparator + classPath));
    command.add(TiedMain.class.getName());
    command.addAll(List.of(program));
    return new ProcessBuilder(command).directory(folder.toFile());
  }

  private static Process started(ProcessBuilder command) {
    try {
      return command.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of the class alone: in its own folder are all others, too. */
  private Path ownClass() {
    String name = TiedMain.class.getName().replace('.', '/') + ".class";
    Path classes = folder.resolve(CLASSES);
    Path copy = classes.resolve(name);
    try (InputStream in = TiedMain.class.getResourceAsStream("TiedMain.class")) {
      if (!Files.exists(copy)) {
        Files.createDirectories(copy.getParent());
        Files.copy(in, copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes;
  }

  /** A port of loopback that nobody listens at. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends a process: it is asked first, and killed when it does not end within 20 seconds. */
  public static void stop(Process process) {
    process.destroy();
    if (!await(process, STOP_SECONDS)) {
      process.destroyForcibly();
      await(process, STOP_SECONDS);
    }
  }

  /** Whether the process has ended within so many seconds; false also when we are interrupted. */
  public static boolean await(Process process, long seconds) {
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The last lines of a log. */
  public static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /** Deletes a folder with all that is in it. */
  public static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // A file that stays behind in the temporary folder harms nobody.
    }
  }
}
