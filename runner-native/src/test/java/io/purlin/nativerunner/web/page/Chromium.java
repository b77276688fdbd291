package io.purlin.nativerunner.web.page;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Chromium without a window, told what to do over its own protocol. Its profile is a
 * directory of its own; it knows no name of another machine.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Pattern LISTENS = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final long MOST_SECONDS_TO_END = 20;

  private final Process process;
  private final DevTools tools;

  private Chromium(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  /**
   * Starts it. Where there is none the test is skipped; in CI it fails, for there it must have been
   * seen to pass.
   */
  static Chromium start(Path profile) throws IOException {
    Optional<String> program = program();
    if (program.isEmpty()) {
      String why =
          "The status page is tested in Chromium, and there is none: install it (as root ./dev test"
              + " does so by apt-get), or name its program in CHROME_BIN.";
      if ("true".equalsIgnoreCase(System.getenv("CI"))) {
        fail(why);
      }
      Assumptions.abort(why);
    }
    // Its sandbox needs rights that containers seldom have; what it opens is ours alone.
    Process process =
        new ProcessBuilder(
                program.get(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-extensions",
                "--hide-scrollbars",
                "--no-first-run",
                "--no-proxy-server",
                "--password-store=basic",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return new Chromium(process, DevTools.connect(listensAt(process)));
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Commands for its one page. */
  DevTools tools() {
    return tools;
  }

  private static Optional<String> program() {
    String named = System.getenv("CHROME_BIN");
    if (named != null && !named.isEmpty()) {
      return Optional.of(named);
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static URI listensAt(Process process) throws IOException {
    BufferedReader said = process.errorReader();
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      all.append(line).append('\n');
      Matcher listens = LISTENS.matcher(line);
      if (listens.find()) {
        discard(said);
        return URI.create(listens.group(1));
      }
    }
    throw new IOException("Chromium has ended: " + all);
  }

  /** What it goes on to say must not fill the pipe. */
  private static void discard(BufferedReader said) {
    Thread reading =
        new Thread(
            () -> {
              try {
                said.transferTo(Writer.nullWriter());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "chromium says");
    reading.setUncaughtExceptionHandler((thread, ended) -> {});
    reading.setDaemon(true);
    reading.start();
  }

  /** Ends it and waits until it has, so that its profile can be deleted. */
  @Override
  public void close() {
    tools.close();
    try {
      if (!process.waitFor(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
