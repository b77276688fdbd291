package io.purlin.pipelines.log;

import io.purlin.sdk.secret.Secrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** How a log record becomes a line; names are those of the option. */
public enum LogFormat {
  /** For people; a stack trace follows on lines of its own. */
  text {
    @Override
    public String line(Entry entry, Secrets secrets) {
      String logger = entry.logger();
      String line =
          CLOCK.format(entry.time().atZone(ZoneId.systemDefault()))
              + " "
              + entry.level()
              + " "
              + logger.substring(logger.lastIndexOf('.') + 1)
              + " - "
              + entry.message();
      Throwable failure = entry.failure();
      return secrets.masked(failure == null ? line : line + "\n" + stackTrace(failure));
    }
  },
  /** An object of JSON on one line, with the names of the Elastic Common Schema. */
  json {
    @Override
    public String line(Entry entry, Secrets secrets) {
      StringBuilder line = new StringBuilder("{");
      field(line, "@timestamp", entry.time().toString());
      field(line, "log.level", entry.level().toString());
      field(line, "message", secrets.masked(entry.message()));
      field(line, "log.logger", entry.logger());
      field(line, "process.thread.name", secrets.masked(entry.thread()));
      Throwable failure = entry.failure();
      if (failure != null) {
        field(line, "error.type", failure.getClass().getName());
        field(line, "error.message", secrets.masked(String.valueOf(failure.getMessage())));
        field(line, "error.stack_trace", secrets.masked(stackTrace(failure)));
      }
      return line.append('}').toString();
    }
  };

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /**
   * What is logged.
   *
   * @param time when
   * @param level how bad it is
   * @param logger the name of the logger
   * @param thread the name of the thread
   * @param message with its arguments in place
   * @param failure what was thrown, if anything
   */
  public record Entry(
      Instant time,
      Level level,
      String logger,
      String thread,
      String message,
      @Nullable Throwable failure) {}

  /** The entry without secrets, and without a line end behind it. */
  public abstract String line(Entry entry, Secrets secrets);

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString().stripTrailing();
  }

  private static void field(StringBuilder line, String name, String value) {
    if (line.length() > 1) {
      line.append(',');
    }
    line.append('"').append(name).append("\":\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> line.append("\\\"");
        case '\\' -> line.append("\\\\");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c)) {
            line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    line.append('"');
  }
}
