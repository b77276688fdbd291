package io.purlin.pipelines.log;

import io.purlin.sdk.secret.Secrets;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** What SLF4J logs through in our programs; made by it, once, at the first logger. */
public final class LogProvider implements SLF4JServiceProvider {
  private static final String FORMAT = "purlin.logFormat";
  private static final String PROVIDER = "slf4j.provider";

  /** Not in the system's properties, which others print. */
  private static volatile Secrets secrets = Secrets.none();

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new BasicMDCAdapter();
  private @Nullable ILoggerFactory loggers;

  /** Called by SLF4J. */
  public LogProvider() {}

  /**
   * Makes this process log through this provider; called before anything logs.
   *
   * @param format the format that was asked for; null: text, and only if the user's class path
   *     brings no provider of its own
   * @param known the secrets that are known, to be masked wherever they turn up
   */
  public static void use(@Nullable LogFormat format, Secrets known) {
    secrets = known;
    boolean named = System.getProperty(PROVIDER) != null;
    if (format == null
        && (named || ServiceLoader.load(SLF4JServiceProvider.class).findFirst().isPresent())) {
      return;
    }
    // It would say on standard error that it does what it was told to.
    System.getProperties().putIfAbsent("slf4j.internal.verbosity", "WARN");
    System.setProperty(PROVIDER, LogProvider.class.getName());
    System.setProperty(FORMAT, (format == null ? LogFormat.text : format).name());
  }

  @Override
  public void initialize() {
    LogFormat format = LogFormat.valueOf(System.getProperty(FORMAT, LogFormat.text.name()));
    LogLevels levels = LogLevels.ofProcess();
    Secrets known = secrets;
    ConcurrentMap<String, Logger> made = new ConcurrentHashMap<>();
    loggers =
        name ->
            made.computeIfAbsent(
                name, each -> new LineLogger(each, format, known, levels.of(each)));
  }

  @Override
  public @Nullable ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }
}
