package io.purlin.nativerunner.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.view.JobView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a job is shown, and when. */
class DisplaysTest {
  private final List<String> logged = new ArrayList<>();
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final Deque<TerminalSize> sizes = new ArrayDeque<>();

  @Test
  void theLogGetsALineEveryTenSecondsByTheClock() {
    LogDisplay display = new LogDisplay(new BoundedText(), logged::add);
    for (long now :
        new long[] {1_000, 9_000, 10_400, 11_000, 19_900, 20_100, 55_000, 59_000, 60_000}) {
      display.show(Jobs.at(now).consumed(0.5).moment());
    }
    assertThat(logged)
        .extracting(line -> line.substring(0, 4))
        .containsExactly("0:10", "0:20", "0:55", "1:00");
  }

  @Test
  void theLogSaysHowTheJobHasEnded() {
    LogDisplay display = new LogDisplay(new BoundedText(), logged::add);
    display.end(
        Jobs.at(2_500)
            .status(JobView.Status.FAILED)
            .attempts(2)
            .chain("Read", Jobs.task(5_000, 0, 0, 2_500, 0, 0))
            .moment());
    assertThat(logged)
        .containsExactly("FAILED after 2.5 s  5,000 records read after 1 restart  orders");
  }

  @Test
  void whereStepsReadItIsToldWhatTheyPassedOn() {
    LogDisplay display = new LogDisplay(new BoundedText(), logged::add);
    display.end(
        Jobs.at(2_000)
            .status(JobView.Status.FINISHED)
            .chain("Names", Jobs.task(2, 2, 0, 0, 0, 2_000))
            .chain("Count", Jobs.task(5_000, 0, 0, 2_000, 0, 0))
            .moment());
    assertThat(logged)
        .containsExactly("FINISHED after 2.0 s  5,000 records passed on, 2,500/s  orders");
  }

  @Test
  void theTerminalIsFollowedInItsSize() {
    ScreenDisplay display = display(new TerminalSize(24, 80), terminal);
    sizes.add(new TerminalSize(40, 60));
    for (int i = 0; i < 3; i++) {
      display.show(Jobs.at(1_000).moment());
    }
    assertThat(sent()).contains("^[24;1H").contains("^[1;39r").contains("^[40;1H");
  }

  @Test
  void aTerminalThatIsTooLowIsLeftAlone() {
    display(new TerminalSize(9, 80), terminal).show(Jobs.at(1_000).moment());
    assertThat(sent()).isEmpty();
  }

  @Test
  void afterTheProcessWasToldToEndNothingIsDrawnButHowTheJobEnds() {
    ScreenDisplay display = display(new TerminalSize(24, 80), terminal);
    display.show(Jobs.at(1_000).moment());
    display.leave();
    assertThat(sent()).endsWith("^7^[r^[24;1H^[0m^[J^8");
    terminal.reset();
    display.show(Jobs.at(2_000).moment());
    assertThat(sent()).isEmpty();
    display.end(Jobs.at(3_000).status(JobView.Status.CANCELED).moment());
    assertThat(sent()).isEqualTo("CANCELED after 3.0 s  0 records read, 0/s  orders\n");
  }

  @Test
  void aTerminalThatIsGoneIsNoFailure() {
    Gone closed = new Gone();
    ScreenDisplay display = display(new TerminalSize(24, 80), closed);
    display.show(Jobs.at(1_000).moment());
    display.show(Jobs.at(2_000).moment());
    display.end(Jobs.at(3_000).moment());
    assertThat(closed.writes).isEqualTo(1);
  }

  @Test
  void aJobThatCannotBeLookedAtNowIsShownLater() {
    Deque<Jobs> answers = new ArrayDeque<>(List.of(Jobs.at(10_000)));
    Progress progress =
        new Progress(
            () -> {
              if (answers.isEmpty()) {
                throw new IllegalStateException("between attempts");
              }
              return answers.remove().view();
            },
            new LogDisplay(new BoundedText(), logged::add));
    progress.look();
    progress.look();
    assertThat(logged).hasSize(1);
    answers.add(Jobs.at(30_000).status(JobView.Status.FINISHED));
    progress.end();
    progress.look();
    assertThat(logged).hasSize(2).last().asString().startsWith("FINISHED after 30.0 s");
  }

  @Test
  void whatSttySaysIsASizeOrNone() {
    assertThat(TerminalSize.parse("24 80\n")).isEqualTo(new TerminalSize(24, 80));
    assertThat(TerminalSize.parse("0 0\n")).isNull();
    assertThat(TerminalSize.parse("")).isNull();
    assertThat(TerminalSize.parse("stty: stdin isn't a terminal")).isNull();
  }

  private ScreenDisplay display(TerminalSize first, OutputStream to) {
    return new ScreenDisplay(
        new BoundedText(), new Screen(to, StandardCharsets.UTF_8, false), first, sizes::poll);
  }

  private String sent() {
    return terminal.toString(StandardCharsets.UTF_8).replace('\u001B', '^');
  }

  /** A terminal that was closed. */
  private static final class Gone extends OutputStream {
    private int writes;

    @Override
    public void write(int value) throws IOException {
      throw new IOException("gone");
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      writes++;
      throw new IOException("gone");
    }
  }
}
