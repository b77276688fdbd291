package io.purlin.nativerunner.progress;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows a job at the bottom of a terminal. Where the terminal is too low, or is gone, nothing is
 * drawn.
 */
final class ScreenDisplay implements Display {
  /** Rows that are left for what else is printed. */
  private static final int OTHERS = 4;

  /** Rows below which there is no room for both. */
  private static final int LOWEST = 10;

  private static final int NARROWEST = 41;

  /** To ask for the size takes a process: every so many times. */
  private static final int ASKS_EVERY = 3;

  private final Text text;
  private final Screen screen;
  private final Supplier<@Nullable TerminalSize> asked;
  private TerminalSize size;
  private int shown;
  private boolean left;
  private boolean gone;

  /**
   * Shows a kind of job.
   *
   * @param first how large the terminal is
   * @param asked how large it is later; null: not known any more
   */
  ScreenDisplay(
      Text text, Screen screen, TerminalSize first, Supplier<@Nullable TerminalSize> asked) {
    this.text = text;
    this.screen = screen;
    this.size = first;
    this.asked = asked;
  }

  @Override
  public void show(Moment moment) {
    if (left || gone) {
      return;
    }
    shown++;
    if (shown % ASKS_EVERY == 0) {
      size = Objects.requireNonNullElse(asked.get(), size);
    }
    try {
      if (size.rows() < LOWEST || size.columns() < NARROWEST) {
        screen.close();
        return;
      }
      // A row that is filled to its last column would go on in the next.
      int columns = Math.min(Text.COLUMNS, size.columns() - 1);
      List<Line> lines = text.screen(moment, columns, size.rows() - OTHERS);
      screen.show(lines, size);
    } catch (IOException e) {
      gone = true;
    }
  }

  @Override
  public void end(Moment moment) {
    leave();
    try {
      if (!gone) {
        screen.print(LogDisplay.ended(moment));
      }
    } catch (IOException e) {
      // Nobody is there to read it.
    }
  }

  @Override
  public void leave() {
    left = true;
    try {
      if (!gone) {
        screen.close();
      }
    } catch (IOException e) {
      gone = true;
    }
  }
}
