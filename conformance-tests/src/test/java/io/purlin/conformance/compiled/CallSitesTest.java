package io.purlin.conformance.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which calls of the engine the compiler cannot bind in a job with many kinds of steps. */
class CallSitesTest {
  /**
   * What the engine calls for each element: what comes next, the user's function, its own parts,
   * and what keys are compared by. Calls for a bundle, a batch, a watermark or a window may be
   * slow.
   */
  private static final Set<String> FOR_EACH =
      Set.of(
          "receive",
          "process",
          "processElement",
          "invokeProcessElement",
          "apply",
          "addInput",
          "mergeAccumulators",
          "add",
          "equals",
          "hashCode",
          "tableKey",
          "channelOf",
          "advance",
          "getCurrent",
          "getCurrentTimestamp");

  /**
   * Calls for each element that are known: a class that is not copied for each position has one
   * call site for all that may follow it. One for a source, one for {@code Window.into} and one for
   * each pane of a grouping cost a few nanoseconds beside what reading, a window and a cell cost;
   * between DoFns there is none. Whether a short run has so many panes that their call is compiled
   * is chance. A copy of the emitter for each position would only move the call to whoever calls
   * it.
   */
  private static final Set<String> KNOWN =
      Set.of(
          "io.purlin.nativerunner.task.SourceInput$Feeder.receive"
              + " -> io.purlin.nativerunner.element.Receiver.receive",
          "io.purlin.nativerunner.operator.AssignWindowsOperator.emit"
              + " -> io.purlin.nativerunner.element.Receiver.receive",
          "io.purlin.nativerunner.window.pane.PaneEmitter.emit"
              + " -> io.purlin.nativerunner.element.Receiver.receive");

  @TempDir Path directory;

  @Test
  void whatIsDoneForEachElementIsBound() throws IOException, InterruptedException {
    for (String parallelism : List.of("1", "2")) {
      CompilerLog log = run(parallelism);
      assertThat(log.unbound())
          .as("the log is read, and has calls of the JDK at least")
          .isNotEmpty();
      assertThat(log.unbound().stream().filter(CallSitesTest::matters).map(CallSite::toString))
          .as("parallelism " + parallelism)
          .isSubsetOf(KNOWN);
    }
  }

  private static boolean matters(CallSite site) {
    String callee = site.callee();
    return (site.caller().startsWith("io.purlin.nativerunner.")
            || site.caller().startsWith("io.purlin.state."))
        && FOR_EACH.contains(callee.substring(callee.lastIndexOf('.') + 1));
  }

  private CompilerLog run(String parallelism) throws IOException, InterruptedException {
    Path log = directory.resolve("compiler-" + parallelism + ".log");
    Path output = directory.resolve("output-" + parallelism + ".log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+LogCompilation",
                "-XX:LogFile=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                ManySteps.class.getName(),
                "--runner=NativeRunner",
                "--parallelism=" + parallelism)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(5, TimeUnit.MINUTES);
      assertThat(ended).as(Files.readString(output)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    } finally {
      process.destroyForcibly();
    }
    return CompilerLog.read(log);
  }
}
