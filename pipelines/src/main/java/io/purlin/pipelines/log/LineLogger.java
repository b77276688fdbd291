package io.purlin.pipelines.log;

import io.purlin.pipelines.log.LogFormat.Entry;
import io.purlin.sdk.secret.Secrets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes what is logged to standard error, a line at once. May be used by any thread. */
final class LineLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  // SLF4J's loggers say that they can be serialised; nobody does.
  private final transient Secrets secrets;
  private final LogFormat format;
  private final @Nullable Level least;

  LineLogger(String name, LogFormat format, Secrets secrets, @Nullable Level least) {
    this.name = name;
    this.secrets = secrets;
    this.format = format;
    this.least = least;
  }

  private boolean logs(Level level) {
    return least != null && level.toInt() >= least.toInt();
  }

  @Override
  public boolean isTraceEnabled() {
    return logs(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return logs(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return logs(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return logs(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return logs(Level.ERROR);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable failure) {
    String message = MessageFormatter.basicArrayFormat(pattern, arguments);
    String thread = Thread.currentThread().getName();
    Entry entry = new Entry(Instant.now(), level, name, thread, String.valueOf(message), failure);
    System.err.println(format.line(entry, secrets));
  }
}
