package io.purlin.pipelines;

import io.purlin.pipelines.job.JobRun;
import io.purlin.pipelines.job.Progress;
import io.purlin.pipelines.job.Summary;
import io.purlin.pipelines.job.UserError;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.beam.sdk.PipelineResult;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline and shows how far it is, once a second, unless the runner does: rewriting one
 * line on a terminal, line by line elsewhere; {@code ./dev run} says which by the system property
 * {@code purlin.terminal}. Lifetime: one run, on the main thread.
 */
final class LiveRun {
  private static final Duration INTERVAL = Duration.standardSeconds(1);

  private final JobRun run;
  private final PrintStream out;
  private final boolean counted;
  private final boolean shown;
  private final boolean terminal = Boolean.getBoolean("purlin.terminal");
  private final long started = System.nanoTime();
  private long last = started;
  private Progress before = new Progress(0, 0, OptionalLong.empty());

  /**
   * A run that has not begun.
   *
   * @param counted whether the runner tells what all tasks have counted; else what was read is left
   *     out
   * @param shown whether it is shown here; else it is only measured
   */
  LiveRun(JobRun run, PrintStream out, boolean counted, boolean shown) {
    this.run = run;
    this.out = out;
    this.counted = counted;
    this.shown = shown;
  }

  /**
   * Runs to the end and checks the outputs.
   *
   * @throws UserError when the pipeline ends otherwise than done
   */
  Summary toEnd() {
    run.start();
    PipelineResult result = run.pipeline().run();
    PipelineResult.State state;
    try {
      state = watch(result);
    } catch (RuntimeException e) {
      cancel(result, e);
      throw e;
    }
    show(run.progress(result));
    if (terminal && shown) {
      out.println();
    }
    if (state != PipelineResult.State.DONE) {
      throw new UserError("The pipeline ended in state " + state + ".");
    }
    return withFigures(run.check(result), before);
  }

  private PipelineResult.State watch(PipelineResult result) {
    while (true) {
      PipelineResult.@Nullable State state = result.waitUntilFinish(INTERVAL);
      if (state != null && state.isTerminal()) {
        return state;
      }
      show(run.progress(result));
    }
  }

  private static void cancel(PipelineResult result, RuntimeException failure) {
    try {
      if (!result.getState().isTerminal()) {
        result.cancel();
      }
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  private void show(Progress now) {
    long time = System.nanoTime();
    double seconds = Math.max(1e-9, (time - last) / 1e9);
    String line =
        String.format(Locale.ROOT, "%4d s", (time - started) / 1_000_000_000)
            + (counted ? figure("in", now.in(), before.in(), seconds) : "")
            + figure("out", now.out(), before.out(), seconds)
            + (counted ? lag(now) : "");
    if (shown) {
      // Clears to the end of the line, which may have been longer.
      out.print(terminal ? "\r" + line + "\u001B[K" : line + System.lineSeparator());
      out.flush();
    }
    last = time;
    before = now;
  }

  private static String figure(String name, long now, long before, double seconds) {
    return String.format(Locale.ROOT, "  %s %,d (%,.0f/s)", name, now, (now - before) / seconds);
  }

  private static String lag(Progress progress) {
    return progress.watermarkLagMillis().isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "  watermark lag %,.1f s",
            progress.watermarkLagMillis().getAsLong() / 1000.0);
  }

  private Summary withFigures(Summary summary, Progress end) {
    double seconds = (last - started) / 1e9;
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(Locale.ROOT, "took %.1f s", seconds)
            + (counted
                ? String.format(Locale.ROOT, ", %,.0f records/s in", end.in() / seconds)
                : ""));
    lines.addAll(summary.lines());
    return new Summary(summary.correct(), lines);
  }
}
