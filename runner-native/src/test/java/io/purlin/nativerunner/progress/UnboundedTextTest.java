package io.purlin.nativerunner.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.view.CheckpointView.Status;
import io.purlin.nativerunner.view.JobView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The screen of a job that has no end. */
class UnboundedTextTest {
  private final UnboundedText text = new UnboundedText();

  @Test
  void aJobThatIsHeldBack() {
    assertThat(shown(heldBack().moment(), 20))
        .containsExactly(
            "orders                                          RUNNING  up 1:02:03  0 restarts",
            "watermark 2.5 s behind  in 1,200/s (4,467,600)  out 1,000/s (3,723,000)",
            "slowest, busy 97 % in its busiest task: Group -> Sum",
            "checkpoint 3722: 400 ms ago, took 45 ms, 1.2 MiB; 3722 done, 1 failed",
            "  chain                       tasks      in/s     out/s busy waits idle  behind",
            "  Read -> Parse                   1     1,200     1,200  10%   90%   0%  500 ms",
            "> Group -> Sum                    2     1,200     1,000  86%    0%  15%   2.5 s",
            "  Write                           1     1,000         0   5%    0%  95%   2.5 s",
            "no failure");
  }

  @Test
  void inTheLogItIsOneLine() {
    assertThat(text.line(heldBack().moment()))
        .isEqualTo(
            "1:02:03  watermark 2.5 s behind  in 1,200/s (4,467,600)  out 1,000/s (3,723,000)"
                + "  slowest, busy 97 % in its busiest task: Group -> Sum"
                + "  checkpoint 3722: 400 ms ago, took 45 ms, 1.2 MiB; 3722 done, 1 failed  orders");
  }

  @Test
  void whatHoldsBackAndWhatFailedStandsOut() {
    List<Line> lines =
        text.screen(
            heldBack()
                .attempts(2)
                .failure(3_720_000, "Read (1/1)", "java.io.IOException")
                .status(JobView.Status.RESTARTING)
                .moment(),
            79,
            20);
    assertThat(lines.get(0).text()).endsWith("RESTARTING  up 1:02:03  1 restart").hasSize(79);
    assertThat(lines.get(8).text()).isEqualTo("failed 3.0 s ago: EOFException in Read (1/1)");
    assertThat(lines)
        .filteredOn(line -> line.style() == Line.Style.WARNING)
        .containsExactly(lines.get(0), lines.get(5), lines.get(8));
  }

  @Test
  void aCheckpointThatFailedStandsOut() {
    Moment moment =
        Jobs.at(10_000)
            .chain("Read", Jobs.task(0, 0, Jobs.BEGINNING, 0, 0, 10_000))
            .checkpoints(
                0,
                2,
                Jobs.checkpoint(3, Status.IN_PROGRESS, 9_900, JobView.UNKNOWN, 0),
                Jobs.checkpoint(2, Status.FAILED, 8_000, 9_000, 0))
            .moment();
    assertThat(text.screen(moment, 79, 20).get(3))
        .isEqualTo(new Line("no checkpoint yet; 0 done, 2 failed", Line.Style.WARNING));
  }

  @Test
  void aJobThatHasNotBegun() {
    Moment moment = Jobs.at(500).chain("Read", Jobs.task(0, 0, Jobs.BEGINNING, 0, 0, 500)).moment();
    assertThat(shown(moment, 20))
        .contains(
            "watermark none yet  in 0/s (0)  out 0/s (0)", "all chains are idle", "no checkpoints");
  }

  @Test
  void manyChainsAreShortenedToThoseThatDoMost() {
    Jobs job = Jobs.at(10_000).name("n".repeat(200));
    for (int i = 0; i < 30; i++) {
      long busy = i == 17 ? 9_000 : i * 100L;
      job.chain(
          "Step " + i + " " + "x".repeat(100),
          Jobs.task(1_000_000_000L, 0, 0, busy, 0, 10_000 - busy));
    }
    List<String> lines = shown(job.moment(), 20);
    assertThat(lines).hasSize(20).allSatisfy(line -> assertThat(line.length()).isLessThan(80));
    assertThat(lines).filteredOn(line -> line.startsWith("> Step 17 ")).hasSize(1);
    assertThat(lines.get(17)).startsWith("  Step 29 ");
    assertThat(lines.get(18)).isEqualTo("  and 17 more that do less");
  }

  @Test
  void asManyLinesEachTime() {
    Jobs quiet = Jobs.at(1_000).chain("Read", Jobs.task(0, 0, Jobs.BEGINNING, 0, 0, 1_000));
    int lines = shown(quiet.moment(), 20).size();
    assertThat(shown(quiet.failure(900, "", "java.lang.Error").moment(), 20)).hasSize(lines);
  }

  private List<String> shown(Moment moment, int most) {
    return text.screen(moment, 79, most).stream().map(Line::text).toList();
  }

  private static Jobs heldBack() {
    long now = 3_723_000;
    return Jobs.at(now)
        .chain(
            "Read -> Parse",
            Jobs.task(4_467_600, 4_467_600, now - 500, now / 10, now - now / 10, 0))
        .chain(
            "Group -> Sum",
            Jobs.task(2_233_800, 1_861_500, now - 2_500, now * 97 / 100, 0, now * 3 / 100),
            Jobs.task(2_233_800, 1_861_500, now - 2_000, now * 74 / 100, 0, now * 26 / 100))
        .chain("Write", Jobs.task(3_723_000, 0, now - 2_500, now / 20, 0, now - now / 20))
        .checkpoints(
            3_722, 1, Jobs.checkpoint(3_722, Status.COMPLETED, now - 445, now - 400, 1_258_292));
  }
}
