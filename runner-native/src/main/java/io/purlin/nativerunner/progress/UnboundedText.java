package io.purlin.nativerunner.progress;

import io.purlin.nativerunner.view.CheckpointView;
import io.purlin.nativerunner.view.CheckpointsView;
import io.purlin.nativerunner.view.FailureView;
import io.purlin.nativerunner.view.JobView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Of a job that has no end: whether it keeps up, what holds it back, and whether it is safe. */
final class UnboundedText implements Text {
  /** Lines that are not about one chain. */
  private static final int FRAME = 6;

  private static final Pattern CAUSE = Pattern.compile("(?m)^Caused by: ([\\w.$]+)");

  @Override
  public List<Line> screen(Moment moment, int columns, int most) {
    JobView view = moment.view();
    List<Chain> chains = Chain.all(moment);
    List<Line> lines = new ArrayList<>();
    String restarts = Words.restarts(moment.restarts());
    String right = view.status() + "  up " + Words.duration(moment.upMillis()) + "  " + restarts;
    lines.add(
        new Line(
            Words.padded(view.name(), Math.max(10, columns - right.length() - 2)) + "  " + right,
            view.status() == JobView.Status.RUNNING ? Line.Style.BOLD : Line.Style.WARNING));
    lines.add(Line.plain(Words.cut(flow(moment, chains), columns)));
    lines.add(Line.plain(Words.cut(slowest(chains), columns)));
    lines.add(checkpoint(view, columns));
    ChainTable table = new ChainTable(columns);
    lines.add(new Line(table.head(), Line.Style.BOLD));
    lines.addAll(table.rows(chains, Math.max(1, most - FRAME)));
    lines.add(failure(view, columns));
    return lines;
  }

  @Override
  public String line(Moment moment) {
    JobView view = moment.view();
    List<Chain> chains = Chain.all(moment);
    List<String> parts = new ArrayList<>();
    parts.add(Words.duration(moment.upMillis()) + "  " + flow(moment, chains));
    parts.add(slowest(chains));
    parts.add(checkpoint(view));
    if (moment.restarts() > 0) {
      parts.add(Words.restarts(moment.restarts()));
    }
    if (view.status() != JobView.Status.RUNNING) {
      parts.add(view.status().name());
    }
    parts.add(Words.harmless(view.name()));
    return String.join("  ", parts);
  }

  private static String flow(Moment moment, List<Chain> chains) {
    Moment.Flow in = moment.read();
    Moment.Flow out = moment.arrived();
    return String.format(
        Locale.ROOT,
        "watermark %s  in %s/s (%s)  out %s/s (%s)",
        watermark(chains),
        Words.rate(in.perSecond()),
        Words.count(in.records()),
        Words.rate(out.perSecond()),
        Words.count(out.records()));
  }

  /** Of the chain that has come least far. */
  private static String watermark(List<Chain> chains) {
    Lag lowest =
        chains.stream().map(Chain::lag).min(Lag.LEAST_FAR_FIRST).orElse(Lag.AT_THE_BEGINNING);
    return switch (lowest.where()) {
      case BEGINNING -> "none yet";
      case END -> "at the end";
      case BETWEEN -> Words.brief(lowest.millis()) + " behind";
    };
  }

  /** The chain with the busiest task. */
  private static String slowest(List<Chain> chains) {
    Optional<Chain> busiest = Chain.busiest(chains);
    return busiest
        .map(
            chain ->
                "slowest, busy "
                    + Math.round(chain.busiest())
                    + " %"
                    + (chain.tasks() > 1 ? " in its busiest task: " : ": ")
                    + Words.harmless(chain.name()))
        .orElse("all chains are idle");
  }

  private static Line checkpoint(JobView view, int columns) {
    CheckpointsView all = view.checkpoints();
    boolean failing =
        !all.history().isEmpty()
            && all.history().stream()
                .filter(each -> each.status() != CheckpointView.Status.IN_PROGRESS)
                .limit(1)
                .anyMatch(each -> each.status() == CheckpointView.Status.FAILED);
    return new Line(
        Words.cut(checkpoint(view), columns), failing ? Line.Style.WARNING : Line.Style.PLAIN);
  }

  private static String checkpoint(JobView view) {
    CheckpointsView all = view.checkpoints();
    if (!all.enabled()) {
      return "no checkpoints";
    }
    String counts = all.completed() + " done, " + all.failed() + " failed";
    Optional<CheckpointView> last =
        all.history().stream()
            .filter(each -> each.status() == CheckpointView.Status.COMPLETED)
            .findFirst();
    return last.map(
            each ->
                String.format(
                    Locale.ROOT,
                    "checkpoint %d: %s ago, took %s, %s; %s",
                    each.number(),
                    Words.brief(view.nowMillis() - each.endMillis()),
                    Words.brief(each.durationMillis(view.nowMillis())),
                    Words.bytes(each.bytes()),
                    counts))
        .orElse("no checkpoint yet; " + counts);
  }

  private static Line failure(JobView view, int columns) {
    if (view.failures().isEmpty()) {
      return Line.plain("no failure");
    }
    FailureView last = view.failures().get(0);
    String text =
        "failed "
            + Words.brief(view.nowMillis() - last.atMillis())
            + " ago: "
            + innermost(last)
            + (last.task().isEmpty() ? "" : " in " + last.task());
    return new Line(Words.cut(text, columns), Line.Style.WARNING);
  }

  /** The class alone: what an exception says may be secret. */
  private static String innermost(FailureView failure) {
    Matcher causes = CAUSE.matcher(failure.stackTrace());
    String innermost = failure.exception();
    while (causes.find()) {
      innermost = causes.group(1);
    }
    return innermost.substring(innermost.lastIndexOf('.') + 1);
  }
}
