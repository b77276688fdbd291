package io.purlin.nativerunner.progress;

import java.util.Locale;

/** Figures as people read them, and names as they fit. Stateless. */
final class Words {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Words() {}

  /** {@code 1,234,567}. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 1,234}, or {@code 0.3} where little happens. */
  static String rate(double perSecond) {
    return perSecond > 0 && perSecond < 9.95
        ? String.format(Locale.ROOT, "%.1f", perSecond)
        : String.format(Locale.ROOT, "%,.0f", perSecond);
  }

  /** The same in at most eight characters. */
  static String compact(double perSecond) {
    if (perSecond < 1e6) {
      return rate(perSecond);
    }
    return perSecond < 1e9
        ? String.format(Locale.ROOT, "%.1fM", perSecond / 1e6)
        : String.format(Locale.ROOT, "%.1fG", perSecond / 1e9);
  }

  /** Whole percent of a part from 0 to 1; 100 only for all of it. */
  static long percent(double part) {
    return (long) Math.floor(part * 100 + 1e-9);
  }

  /**
   * How long something has taken or will take: {@code 0:07}, {@code 1:02:03}, {@code 2d 01:02:03}.
   */
  static String duration(long millis) {
    long all = Math.max(0, millis);
    long seconds = all / SECOND % 60;
    long minutes = all / MINUTE % 60;
    if (all < HOUR) {
      return String.format(Locale.ROOT, "%d:%02d", minutes, seconds);
    }
    return all < DAY
        ? String.format(Locale.ROOT, "%d:%02d:%02d", all / HOUR, minutes, seconds)
        : String.format(
            Locale.ROOT, "%dd %02d:%02d:%02d", all / DAY, all / HOUR % 24, minutes, seconds);
  }

  /** The same where milliseconds matter: {@code 45 ms}, {@code 3.2 s}, {@code 2:05}. */
  static String brief(long millis) {
    if (millis < SECOND) {
      return Math.max(0, millis) + " ms";
    }
    return millis < MINUTE
        ? String.format(Locale.ROOT, "%.1f s", Math.floor(millis / 100.0) / 10)
        : duration(millis);
  }

  /** The same in at most eight characters: {@code 12d} for days. */
  static String compact(long millis) {
    return millis < DAY ? brief(millis) : millis / DAY + "d";
  }

  /** {@code 1 restart}, {@code 2 restarts}. */
  static String restarts(int count) {
    return count + (count == 1 ? " restart" : " restarts");
  }

  /** {@code 789 B}, {@code 1.2 MiB}. */
  static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes / 1024.0;
    String[] units = {"KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  /** A name, which may come from anywhere, without what would move a terminal's cursor. */
  static String harmless(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .map(c -> Character.getType(c) == Character.FORMAT || Character.isISOControl(c) ? '?' : c)
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  /** The text, or as much of its beginning as has room in so many columns; harmless. */
  static String cut(String text, int columns) {
    String harmless = harmless(text);
    int[] points = harmless.codePoints().toArray();
    int width = 0;
    for (int i = 0; i < points.length; i++) {
      width += columnsOf(points[i]);
      if (width > columns) {
        return ended(points, columns);
      }
    }
    return harmless;
  }

  private static String ended(int[] points, int columns) {
    String end = columns > 2 ? ".." : "";
    StringBuilder text = new StringBuilder();
    int width = end.length();
    for (int point : points) {
      width += columnsOf(point);
      if (width > columns) {
        break;
      }
      text.appendCodePoint(point);
    }
    return text.append(end).toString();
  }

  /** The text in exactly so many columns. */
  static String padded(String text, int columns) {
    String cut = cut(text, columns);
    int width = cut.codePoints().map(Words::columnsOf).sum();
    return cut + " ".repeat(columns - width);
  }

  /** Letters of East Asia and pictures take two columns; nothing is lost when one takes less. */
  private static int columnsOf(int point) {
    return point >= 0x1100 ? 2 : 1;
  }
}
