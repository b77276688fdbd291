package io.purlin.nativerunner.progress;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines that stand at the bottom of a terminal while all else that is printed, by whomever, goes on
 * above them: the terminal is told to scroll only the rows above.
 *
 * <p>Each drawing is one write, so that nothing can come between its parts, and rows are written
 * over and not cleared before, so that nothing flickers. The cursor is always where it was. Used by
 * one thread at a time.
 */
final class Screen {
  private static final String ESC = "\u001B";
  private static final String SAVE = ESC + "7";
  private static final String BACK = ESC + "8";
  private static final String ALL_SCROLLS = ESC + "[r";
  private static final String CLEAR_TO_END_OF_LINE = ESC + "[K";
  private static final String CLEAR_BELOW = ESC + "[J";
  private static final String BOLD = ESC + "[1m";
  private static final String YELLOW = ESC + "[33m";
  private static final String PLAIN = ESC + "[0m";

  private final OutputStream terminal;
  private final Charset charset;
  private final boolean colours;
  private @Nullable TerminalSize size;
  private int height;

  /**
   * Nothing is shown yet.
   *
   * @param terminal a terminal that knows ANSI's sequences
   * @param charset what it reads
   * @param colours whether lines may stand out
   */
  Screen(OutputStream terminal, Charset charset, boolean colours) {
    this.terminal = terminal;
    this.charset = charset;
    this.colours = colours;
  }

  /**
   * Shows the lines instead of those before.
   *
   * @param lines fewer than the terminal has rows, each shorter than a row
   * @param now how large the terminal is
   */
  void show(List<Line> lines, TerminalSize now) throws IOException {
    StringBuilder out = new StringBuilder();
    if (size == null || height != lines.size() || !size.equals(now)) {
      if (size != null) {
        release(out, Math.min(size.rows(), now.rows()));
      }
      claim(out, lines.size(), now);
    }
    out.append(SAVE);
    int row = now.rows() - lines.size();
    for (Line line : lines) {
      row++;
      out.append(ESC).append('[').append(row).append(";1H");
      styled(out, line);
      out.append(CLEAR_TO_END_OF_LINE);
    }
    write(out.append(BACK));
  }

  private void styled(StringBuilder out, Line line) {
    // What was printed above may have left the terminal in a colour of its own.
    out.append(PLAIN);
    if (colours && line.style() != Line.Style.PLAIN) {
      out.append(line.style() == Line.Style.BOLD ? BOLD : YELLOW).append(line.text()).append(PLAIN);
    } else {
      out.append(line.text());
    }
  }

  /** Moves what is on the screen up until there is room below, and the cursor with it. */
  private void claim(StringBuilder out, int lines, TerminalSize now) {
    out.append("\n".repeat(lines)).append(ESC).append('[').append(lines).append('A');
    out.append(SAVE).append(ESC).append("[1;").append(now.rows() - lines).append('r').append(BACK);
    size = now;
    height = lines;
  }

  private void release(StringBuilder out, int rows) {
    out.append(SAVE).append(ALL_SCROLLS);
    out.append(ESC).append('[').append(Math.max(1, rows - height + 1)).append(";1H");
    out.append(PLAIN).append(CLEAR_BELOW).append(BACK);
  }

  /** Takes the lines away and leaves the terminal as any other; may be called again. */
  void close() throws IOException {
    TerminalSize shown = size;
    if (shown != null) {
      StringBuilder out = new StringBuilder();
      release(out, shown.rows());
      size = null;
      write(out);
    }
  }

  /** Prints a line that stays. */
  void print(String line) throws IOException {
    write(new StringBuilder(line).append('\n'));
  }

  private void write(StringBuilder out) throws IOException {
    terminal.write(out.toString().getBytes(charset));
    terminal.flush();
  }
}
