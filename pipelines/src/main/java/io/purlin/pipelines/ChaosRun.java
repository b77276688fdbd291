package io.purlin.pipelines;

import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.pipelines.job.RestartableRun;
import io.purlin.pipelines.job.Summary;
import io.purlin.pipelines.job.UserError;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline in a process of its own that is killed at random moments and started again, until
 * it comes to its end; then its outputs must be what they would have been.
 *
 * <p>What feeds the pipeline and what checks it stay here, out of reach of the kills. Only
 * processes that were started here are killed. Lifetime: one invocation, on the main thread.
 */
final class ChaosRun {
  /** Who is killed. */
  enum Victim {
    /** The process that runs the pipeline. */
    runner,
    /** The broker. */
    broker
  }

  private static final int KILLS = 10;
  private static final long LEAST_MILLIS = 4_000;
  private static final int MORE_MILLIS = 8_000;
  private static final int ENDED_WRONG = 5;

  private final RestartableRun run;
  private final EmbeddedBroker broker;
  private final Victim victim;
  private final List<String> arguments;
  private final Random random;
  private final PrintStream out;
  private final long started = System.nanoTime();
  private final Path log;
  private int failures;

  /**
   * @param arguments of the command that runs the pipeline; those of {@code run} are added
   * @param seed of the moments
   */
  ChaosRun(
      RestartableRun run,
      EmbeddedBroker broker,
      Victim victim,
      List<String> arguments,
      long seed,
      PrintStream out) {
    this.run = run;
    this.broker = broker;
    this.victim = victim;
    this.arguments = new ArrayList<>(arguments);
    this.arguments.addAll(run.arguments());
    this.random = new Random(seed);
    this.out = out;
    this.log = broker.folder().resolve("runner.log");
  }

  /**
   * Runs to the end and checks the outputs.
   *
   * @throws UserError when the pipeline fails without having been killed
   */
  Summary toEnd() {
    run.start();
    int kills = 0;
    @Nullable Process process = start();
    try {
      while (process != null) {
        long millis = LEAST_MILLIS + random.nextInt(MORE_MILLIS);
        if (process.waitFor(kills < KILLS ? millis : 1_000, TimeUnit.MILLISECONDS)) {
          process = afterEnd(process.exitValue());
        } else if (kills < KILLS) {
          kills++;
          process = kill(process, kills);
        } else {
          say("running");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("Interrupted.", e);
    } finally {
      if (process != null) {
        process.destroyForcibly();
      }
    }
    Summary summary = run.check();
    List<String> lines = new ArrayList<>();
    lines.add("kills       " + kills + " of the " + victim);
    lines.addAll(summary.lines());
    return new Summary(summary.correct(), lines);
  }

  private Process kill(Process process, int kills) throws InterruptedException {
    if (victim == Victim.runner) {
      process.destroyForcibly().waitFor();
      say("kill " + kills + " of the runner");
      return start();
    }
    // Before: afterwards nobody answers what has been written.
    say("kill " + kills + " of the broker");
    broker.kill();
    broker.restart();
    return process;
  }

  /** A runner that ended by itself: with the job, or because the broker was away for too long. */
  private @Nullable Process afterEnd(int code) {
    if (code == ExitCode.CORRECT) {
      say("the job has ended");
      return null;
    }
    failures++;
    if (victim == Victim.runner || failures > ENDED_WRONG) {
      throw new UserError("The runner ended with exit code " + code + ": " + tail());
    }
    say("the runner ended with exit code " + code + " and starts again");
    return start();
  }

  private Process start() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  private void say(String what) {
    out.printf(
        Locale.ROOT,
        "%4d s  out %,d  %s%n",
        (System.nanoTime() - started) / 1_000_000_000,
        run.written(),
        what);
  }
}
