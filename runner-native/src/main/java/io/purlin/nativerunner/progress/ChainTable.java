package io.purlin.nativerunner.progress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Chains below each other; the busiest is marked, and of too many the least busy are left out. */
final class ChainTable {
  /** Columns of all figures of a row. */
  private static final int FIGURES = 49;

  /** A chain that waits for more than this part of its time is held back, in percent. */
  private static final double HELD_BACK = 50;

  private final int nameColumns;

  ChainTable(int columns) {
    nameColumns = Math.max(8, columns - FIGURES);
  }

  String head() {
    return row("  chain", "tasks", "in/s", "out/s", "busy", "waits", "idle", "behind");
  }

  /** As many rows as there are chains, and at most so many. */
  List<Line> rows(List<Chain> chains, int most) {
    int shown = chains.size() <= most ? chains.size() : most - 1;
    Set<Chain> chosen =
        chains.stream()
            .sorted(Comparator.comparingDouble(ChainTable::worthSeeing).reversed())
            .limit(shown)
            .collect(Collectors.toSet());
    Chain busiest = Chain.busiest(chains).orElse(null);
    List<Line> rows = new ArrayList<>();
    for (Chain chain : chains) {
      if (chosen.contains(chain) && rows.size() < shown) {
        rows.add(row(chain, chain.equals(busiest)));
      }
    }
    if (shown < chains.size()) {
      rows.add(Line.plain("  and " + (chains.size() - shown) + " more that do less"));
    }
    return rows;
  }

  private static double worthSeeing(Chain chain) {
    return Math.max(chain.busiest(), chain.busy() + chain.waits());
  }

  private Line row(Chain chain, boolean marked) {
    String text =
        row(
            (marked ? "> " : "  ") + chain.name(),
            String.valueOf(chain.tasks()),
            Words.compact(chain.in()),
            Words.compact(chain.out()),
            percent(chain.busy()),
            percent(chain.waits()),
            percent(chain.idle()),
            lag(chain.lag()));
    boolean held = chain.waits() > HELD_BACK;
    return new Line(text, held ? Line.Style.WARNING : marked ? Line.Style.BOLD : Line.Style.PLAIN);
  }

  private String row(String name, Object... figures) {
    return Words.padded(name, nameColumns)
        + String.format(Locale.ROOT, "%5s%10s%10s%5s%6s%5s%8s", figures);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.0f%%", value);
  }

  private static String lag(Lag lag) {
    return switch (lag.where()) {
      case BEGINNING -> "-";
      case BETWEEN -> Words.compact(lag.millis());
      case END -> "end";
    };
  }
}
