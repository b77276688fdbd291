package io.purlin.nativerunner.progress;

import io.purlin.nativerunner.view.JobView;
import java.util.function.Consumer;

/** Shows a job as lines in the log, one every ten seconds and one at the end. */
final class LogDisplay implements Display {
  private static final long PERIOD_MILLIS = 10_000;

  private final Text text;
  private final Consumer<String> log;
  private long lastMillis = JobView.UNKNOWN;

  LogDisplay(Text text, Consumer<String> log) {
    this.text = text;
    this.log = log;
  }

  @Override
  public void show(Moment moment) {
    long now = moment.view().nowMillis();
    if (lastMillis == JobView.UNKNOWN) {
      lastMillis = moment.view().startMillis();
    }
    if (now - lastMillis >= PERIOD_MILLIS) {
      // Whole periods, so that a line that is late by a little makes none of the next late.
      lastMillis += (now - lastMillis) / PERIOD_MILLIS * PERIOD_MILLIS;
      log.accept(text.line(moment));
    }
  }

  @Override
  public void end(Moment moment) {
    log.accept(ended(moment));
  }

  @Override
  public void leave() {}

  /** What is said of a job at its end. */
  static String ended(Moment moment) {
    JobView view = moment.view();
    long millis = Math.max(1, moment.upMillis());
    long records = moment.read().records();
    // Counts begin anew with each attempt, the time does not.
    String read =
        moment.restarts() == 0
            ? " records read, " + Words.rate(records * 1000.0 / millis) + "/s"
            : " records read after " + Words.restarts(moment.restarts());
    return view.status()
        + " after "
        + Words.brief(millis)
        + "  "
        + Words.count(records)
        + read
        + "  "
        + Words.harmless(view.name());
  }
}
