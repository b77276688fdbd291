package io.purlin.nativerunner.web;

import com.sun.net.httpserver.HttpServer;
import io.purlin.nativerunner.web.prometheus.Exposition;
import io.purlin.sdk.RestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port at which a running job can be looked at. Bound before anything of the job starts, so
 * that a port in use is found out first; closed with the job.
 *
 * <p>Its threads are daemons: a process whose program has ended does not live on for being watched.
 */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final int THREADS = 4;

  /** Connections that wait to be accepted. */
  private static final int BACKLOG = 16;

  private final HttpServer server;
  private final RequestHandler handler;
  private final ExecutorService requests;
  private final ScheduledExecutorService sampling;
  private final Exposition exposition = new Exposition();

  private WebServer(HttpServer server, RequestHandler handler) {
    this.server = server;
    this.handler = handler;
    this.requests = Executors.newFixedThreadPool(THREADS, task -> daemon(task, "purlin web"));
    this.sampling =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "purlin web samples"));
    server.setExecutor(requests);
    server.createContext("/", handler);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Listens where the options say; null when they say that nothing is to listen.
   *
   * @throws IllegalArgumentException naming the option that is wrong or missing
   * @throws UncheckedIOException when the address and port cannot be had
   */
  public static @Nullable WebServer of(RestOptions options) {
    WebSettings settings = WebSettings.of(options);
    if (settings == null) {
      return null;
    }
    ServerLimits.apply();
    HttpServer bound;
    try {
      bound =
          HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "nothing can listen at "
              + settings
              + ": "
              + e.getMessage()
              + ". Choose another --restPort (0: any free one), or leave it out.",
          e);
    }
    WebServer made =
        new WebServer(bound, new RequestHandler(new Guard(settings.names(), settings.token())));
    // The JDK's own thread is a daemon if the one that starts it is.
    Thread starting = daemon(bound::start, "purlin web start");
    starting.start();
    join(starting);
    LOG.info(
        "The job can be looked at at http://{}:{}/{}",
        bound.getAddress().getAddress().getHostAddress(),
        made.port(),
        settings.token() == null ? "" : ", with the token");
    return made;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The port it listens at. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** From now on this is what is looked at. Called once, before the job starts. */
  public void serve(Watched job) {
    Samples samples = new Samples(job::view);
    handler.serve(new Routes(job, samples, exposition));
    var unused =
        sampling.scheduleAtFixedRate(
            samples::take, 0, Samples.PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Listens no more. May be called again. */
  @Override
  public void close() {
    sampling.shutdownNow();
    server.stop(0);
    requests.shutdownNow();
    exposition.close();
  }
}
