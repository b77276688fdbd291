package io.purlin.pipelines;

import io.purlin.pipelines.log.LogFormat;
import io.purlin.pipelines.log.LogFormat.Entry;
import io.purlin.sdk.secret.Secrets;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.slf4j.event.Level;

/** Where a command says what it has to say. Lifetime: one invocation, on the main thread. */
final class Console {
  private final PrintStream out;
  private final PrintStream err;
  private LogFormat format = LogFormat.text;
  private Secrets secrets = Secrets.none();

  /**
   * Of these streams.
   *
   * @param out for what was asked for
   * @param err for what is wrong
   */
  Console(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** For what was asked for. */
  PrintStream out() {
    return out;
  }

  /** For what is wrong. */
  PrintStream err() {
    return err;
  }

  /** What of these arguments is secret is shown nowhere from now on. */
  void mask(List<String> arguments) {
    secrets = Secrets.ofArguments(arguments);
  }

  /** What is not to be shown. */
  Secrets secrets() {
    return secrets;
  }

  /** Errors are reported in the format of the log from now on. */
  void reportAs(LogFormat newFormat) {
    format = newFormat;
  }

  /** Says in one line why a command failed, and returns the exit code. */
  int report(Throwable failure, int code, boolean verbose) {
    String reason = FailureReport.of(failure);
    if (format == LogFormat.json) {
      Throwable shown = verbose ? failure : null;
      String thread = Thread.currentThread().getName();
      Entry entry = new Entry(Instant.now(), Level.ERROR, "purlin", thread, reason, shown);
      err.println(format.line(entry, secrets));
      return code;
    }
    err.println("error: " + secrets.masked(reason));
    if (verbose) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      err.print(secrets.masked(trace.toString()));
    }
    return code;
  }
}
