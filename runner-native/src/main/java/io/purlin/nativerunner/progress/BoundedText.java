package io.purlin.nativerunner.progress;

import io.purlin.nativerunner.view.JobView;
import java.util.ArrayList;
import java.util.List;

/**
 * Of a job that comes to an end by itself: how much is done, how fast, and how long it will take.
 */
final class BoundedText implements Text {
  private static final int BAR = 12;

  @Override
  public List<Line> screen(Moment moment, int columns, int most) {
    return List.of(Line.plain(Words.cut(text(moment, true), columns)));
  }

  @Override
  public String line(Moment moment) {
    return text(moment, false);
  }

  /** The name is the last: it may be cut. */
  private static String text(Moment moment, boolean bar) {
    JobView view = moment.view();
    List<String> parts = new ArrayList<>();
    parts.add(Words.duration(moment.upMillis()));
    double consumed = view.consumed();
    if (consumed < 0) {
      parts.add("size unknown");
    } else {
      parts.add((bar ? bar(consumed) + " " : "") + Words.percent(consumed) + " % read");
    }
    Moment.Flow read = moment.read();
    if (consumed >= 1 || read.perSecond() < 0.05) {
      // Nothing comes from sources: it is read, or steps do the reading, and chains behind do work.
      Moment.Flow passedOn = moment.passedOn();
      parts.add(Words.count(passedOn.records()) + " passed on");
      parts.add(Words.rate(passedOn.perSecond()) + "/s");
    } else {
      parts.add(Words.count(read.records()) + " records");
      parts.add(Words.rate(read.perSecond()) + "/s");
    }
    if (moment.leftMillis() != JobView.UNKNOWN && consumed < 1) {
      parts.add(Words.duration(moment.leftMillis()) + " left");
    }
    if (view.status() != JobView.Status.RUNNING) {
      parts.add(view.status().name());
    }
    if (moment.restarts() > 0) {
      parts.add(Words.restarts(moment.restarts()));
    }
    parts.add(Words.harmless(view.name()));
    return String.join("  ", parts);
  }

  private static String bar(double part) {
    int full = (int) Math.floor(part * BAR);
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
  }
}
