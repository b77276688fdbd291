package io.purlin.nativerunner.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a terminal is sent; an escape character is written as ^. */
class ScreenTest {
  private static final TerminalSize SIZE = new TerminalSize(24, 80);
  private static final List<Line> LINES =
      List.of(
          new Line("head", Line.Style.BOLD),
          Line.plain("body"),
          new Line("foot", Line.Style.WARNING));

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

  @Test
  void theFirstTimeRoomIsMadeBelowWhatScrolls() throws IOException {
    screen(true).show(LINES, SIZE);
    assertThat(sent())
        .isEqualTo(
            "\n\n\n^[3A^7^[1;21r^8"
                + "^7^[22;1H^[0m^[1mhead^[0m^[K^[23;1H^[0mbody^[K^[24;1H^[0m^[33mfoot^[0m^[K^8");
  }

  @Test
  void laterRowsAreWrittenOverInOneWriteAndTheCursorGoesBack() throws IOException {
    Screen screen = screen(false);
    screen.show(LINES, SIZE);
    terminal.reset();
    screen.show(LINES, SIZE);
    assertThat(sent()).isEqualTo("^7^[22;1H^[0mhead^[K^[23;1H^[0mbody^[K^[24;1H^[0mfoot^[K^8");
  }

  @Test
  void aTerminalOfAnotherSizeIsLaidOutAnew() throws IOException {
    Screen screen = screen(false);
    screen.show(LINES, SIZE);
    terminal.reset();
    screen.show(LINES, new TerminalSize(30, 80));
    assertThat(sent())
        .startsWith("^7^[r^[22;1H^[0m^[J^8\n\n\n^[3A^7^[1;27r^8")
        .contains("^[28;1H^[0mhead");
  }

  @Test
  void atTheEndAllRowsScrollAgainAndNothingIsLeft() throws IOException {
    Screen screen = screen(false);
    screen.show(LINES, SIZE);
    terminal.reset();
    screen.close();
    screen.print("FINISHED");
    screen.close();
    assertThat(sent()).isEqualTo("^7^[r^[22;1H^[0m^[J^8FINISHED\n");
  }

  @Test
  void whatWasNeverShownLeavesTheTerminalAlone() throws IOException {
    screen(true).close();
    assertThat(sent()).isEmpty();
  }

  private Screen screen(boolean colours) {
    return new Screen(terminal, StandardCharsets.UTF_8, colours);
  }

  private String sent() {
    return terminal.toString(StandardCharsets.UTF_8).replace('\u001B', '^');
  }
}
