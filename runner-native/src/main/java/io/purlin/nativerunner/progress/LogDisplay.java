package io.purlin.nativerunner.progress;

import io.purlin.nativerunner.view.JobView;
import java.util.function.Consumer;

/** Shows a job as lines in the log, one every ten seconds and one at the end. */
final class LogDisplay implements Display {
  private static final long PERIOD_MILLIS = 10_000;

  /** Records passed on for one that sources have read: so many no step makes that does not read. */
  private static final long STEPS_READ = 1_000;

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
    // Where steps read, what sources have told them to read is not worth telling.
    boolean stepsRead = moment.passedOn().records() > STEPS_READ * moment.read().records();
    long records = (stepsRead ? moment.passedOn() : moment.read()).records();
    String did = stepsRead ? " records passed on" : " records read";
    // Counts begin anew with each attempt, the time does not.
    String read =
        moment.restarts() == 0
            ? did + ", " + Words.rate(records * 1000.0 / millis) + "/s"
            : did + " after " + Words.restarts(moment.restarts());
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
