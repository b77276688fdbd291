package io.purlin.nativerunner.web;

import io.purlin.sdk.NativePipelineOptions;
import java.util.Objects;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;

/** A port at which a job is shown, for one test. */
final class ServedPort {
  private @Nullable WebServer server;

  /** Options that ask for any free port. */
  static NativePipelineOptions options() {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRestPort(0);
    return options;
  }

  /** Listens, without a job. */
  void listen(NativePipelineOptions options) {
    server = WebServer.of(options);
  }

  /** Shows the job where it listens. */
  void serve() {
    running().serve(new ShownJob());
  }

  /** Listens and shows the job. */
  void serve(NativePipelineOptions options) {
    listen(options);
    serve();
  }

  int number() {
    return running().port();
  }

  /** Asks as a program does. */
  RestClient client() {
    return new RestClient(number());
  }

  /** Asks in any bytes. */
  Port raw() {
    return new Port(number());
  }

  /** Listens no more, if it has. */
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private WebServer running() {
    return Objects.requireNonNull(server);
  }
}
