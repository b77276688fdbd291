package io.purlin.nativerunner.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.view.JobView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The line of a job that comes to an end. */
class BoundedTextTest {
  private final BoundedText text = new BoundedText();

  @Test
  void percentRateAndTimeLeft() {
    Pace pace = new Pace();
    pace.at(reading(0, 0, 0).view());
    Moment moment = pace.at(reading(45_000, 450_000, 0.375).view());
    assertThat(text.line(moment))
        .isEqualTo("0:45  37 % read  450,000 records  10,000/s  1:15 left  orders");
    assertThat(text.screen(moment, 79, 20))
        .extracting(Line::text)
        .containsExactly(
            "0:45  [####........] 37 % read  450,000 records  10,000/s  1:15 left  orders");
  }

  @Test
  void aLineHasRoomAndTheNameMayBeCut() {
    Pace pace = new Pace();
    pace.at(reading(0, 0, 0).name("wordcount-root-1130100033-ab12cd34").view());
    Moment moment =
        pace.at(reading(45_000, 450_000, 0.375).name("wordcount-root-1130100033-ab12cd34").view());
    assertThat(text.screen(moment, 79, 20))
        .extracting(Line::text)
        .containsExactly(
            "0:45  [####........] 37 % read  450,000 records  10,000/s  1:15 left  wordcou..");
    assertThat(text.screen(moment, 40, 20).get(0).text()).hasSize(40);
  }

  @Test
  void whereNobodyKnowsTheSizeThereIsNoPercentAndNoTimeLeft() {
    assertThat(text.line(reading(10_000, 50_000, JobView.UNKNOWN).moment()))
        .isEqualTo("0:10  size unknown  50,000 records  5,000/s  orders");
  }

  @Test
  void whenAllIsReadTheRateIsThatOfTheChainsBehind() {
    Moment moment =
        Jobs.at(10_000)
            .consumed(1)
            .chain("Read", Jobs.task(7, 7, Jobs.END, 0, 0, 10_000))
            .chain("Sort", Jobs.task(20_000, 0, Jobs.BEGINNING, 10_000, 0, 0))
            .moment();
    assertThat(text.line(moment)).isEqualTo("0:10  100 % read  20,000 passed on  2,000/s  orders");
  }

  @Test
  void aJobThatStartsAgainSaysSo() {
    Moment moment =
        reading(10_000, 50_000, 0.5).attempts(3).status(JobView.Status.RESTARTING).moment();
    assertThat(text.line(moment))
        .isEqualTo("0:10  50 % read  50,000 records  5,000/s  RESTARTING  2 restarts  orders");
  }

  @Test
  void aNameCannotMoveTheCursor() {
    Moment moment = reading(10_000, 1, 0.5).name("a\u001B[2Jb\nc").moment();
    assertThat(List.of(text.line(moment), text.screen(moment, 79, 20).get(0).text()))
        .allSatisfy(line -> assertThat(line).endsWith("  a?[2Jb?c"));
  }

  private static Jobs reading(long nowMillis, long records, double consumed) {
    return Jobs.at(nowMillis)
        .consumed(consumed)
        .chain("Read", Jobs.task(records, records, Jobs.BEGINNING, nowMillis, 0, 0));
  }
}
