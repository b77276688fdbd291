package io.purlin.pipelines.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * From which level on each logger logs: by {@code org.slf4j.simpleLogger.log.<name>} for a logger
 * and those below it, else by {@code org.slf4j.simpleLogger.defaultLogLevel}. System properties win
 * over {@code simplelogger.properties} on the class path. Immutable.
 */
final class LogLevels {
  private static final String PREFIX = "org.slf4j.simpleLogger.";
  private static final String FILE = "simplelogger.properties";

  private final Properties properties;

  /** The levels of these properties alone. */
  LogLevels(Properties properties) {
    this.properties = properties;
  }

  /** The levels of this process. */
  static LogLevels ofProcess() {
    Properties properties = new Properties();
    ClassLoader loader = LogLevels.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(FILE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        properties.setProperty(name, System.getProperty(name));
      }
    }
    return new LogLevels(properties);
  }

  /** The least level of a logger; null when it logs nothing. */
  @Nullable Level of(String logger) {
    for (String name = logger; !name.isEmpty(); name = parent(name)) {
      String level = properties.getProperty(PREFIX + "log." + name);
      if (level != null) {
        return parse(level);
      }
    }
    return parse(properties.getProperty(PREFIX + "defaultLogLevel", "info"));
  }

  private static String parent(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  private static @Nullable Level parse(String level) {
    String name = level.strip().toUpperCase(Locale.ROOT);
    if (name.equals("OFF")) {
      return null;
    }
    for (Level each : Level.values()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return Level.INFO;
  }
}
