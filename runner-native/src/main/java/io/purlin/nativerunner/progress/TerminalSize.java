package io.purlin.nativerunner.progress;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The size of a terminal.
 *
 * @param rows at least 1
 * @param columns at least 1
 */
record TerminalSize(int rows, int columns) {
  private static final Pattern ANSWER = Pattern.compile("\\s*([0-9]{1,4})\\s+([0-9]{1,4})\\s*");
  private static final long PATIENCE_SECONDS = 1;

  /** The terminal of this process, if it can show more than lines one after the other; or null. */
  static @Nullable Console terminal(Map<String, String> environment) {
    String kind = environment.get("TERM");
    return kind == null || kind.isEmpty() || kind.equals("dumb") ? null : real(System.console());
  }

  /** From JDK 22 on there may be a console without a terminal. */
  private static @Nullable Console real(@Nullable Console console) {
    if (console == null) {
      return null;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console) ? console : null;
    } catch (ReflectiveOperationException e) {
      return console;
    }
  }

  /** That of the process's terminal, as {@code stty} has it; null where nobody knows. */
  static @Nullable TerminalSize ofProcess() {
    try {
      Process asking =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!asking.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        asking.destroyForcibly();
        return null;
      }
      return parse(new String(asking.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** What {@code stty size} says; null when that is no size. */
  static @Nullable TerminalSize parse(String answer) {
    Matcher size = ANSWER.matcher(answer);
    if (!size.matches()) {
      return null;
    }
    int rows = Integer.parseInt(size.group(1));
    int columns = Integer.parseInt(size.group(2));
    return rows < 1 || columns < 1 ? null : new TerminalSize(rows, columns);
  }
}
