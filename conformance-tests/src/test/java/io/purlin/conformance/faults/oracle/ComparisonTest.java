package io.purlin.conformance.faults.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.conformance.faults.pipeline.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Map<String, List<String>> EXPECTED =
      Map.of("a", List.of("1 x", "2 y", "3 z"), "b", List.of("1 x"));

  @Test
  void whatIsAsExpectedIsGood() {
    List<Seen> all = seen("a 1 x", "b 1 x", "a 2 y", "a 3 z");
    Verdict verdict = Comparison.of(3, EXPECTED, all, all);
    assertThat(verdict.good()).isTrue();
    assertThat(verdict.expected()).isEqualTo(4);
    assertThat(verdict.examples()).isEmpty();
  }

  @Test
  void everyKindOfFaultIsCounted() {
    assertThat(judge("a 1 x", "a 2 y", "a 3 z").lost()).isEqualTo(1);
    assertThat(judge("a 1 x", "b 1 x", "a 2 y", "a 2 y", "a 3 z").doubled()).isEqualTo(1);
    assertThat(judge("a 1 x", "b 1 x", "a 3 z", "a 2 y").disordered()).isEqualTo(1);
    assertThat(judge("a 1 x", "b 1 x", "a 2 q", "a 2 y", "a 3 z").wrong()).isEqualTo(1);
    assertThat(judge("c 1 x", "a 1 x", "b 1 x", "a 2 y", "a 3 z").wrong()).isEqualTo(1);
  }

  @Test
  void eachOfThemIsNotGood() {
    assertThat(judge("a 1 x", "a 2 y", "a 3 z").good()).isFalse();
    assertThat(judge("a 1 x", "b 1 x", "a 2 y", "a 2 y", "a 3 z").good()).isFalse();
    assertThat(judge("a 1 x", "b 1 x", "a 3 z", "a 2 y").good()).isFalse();
    assertThat(judge("a 1 x", "b 1 x", "a 2 q", "a 2 y", "a 3 z").good()).isFalse();
    assertThat(Comparison.of(0, Map.of(), List.of(), List.of()).good()).isFalse();
  }

  @Test
  void readersMustSeeTheSame() {
    List<Seen> all = seen("a 1 x", "b 1 x", "a 2 y", "a 3 z");
    Verdict vanished = Comparison.of(3, EXPECTED, with(all, new Seen(0, 9, "a", "4 v")), all);
    assertThat(vanished.vanished()).isEqualTo(1);
    assertThat(vanished.good()).isFalse();
    Verdict twice = Comparison.of(3, EXPECTED, with(all, all.get(0)), all);
    assertThat(twice.vanished()).isEqualTo(1);
    Verdict unseen = Comparison.of(3, EXPECTED, all.subList(0, 3), all);
    assertThat(unseen.unseen()).isEqualTo(1);
    assertThat(unseen.good()).isFalse();
  }

  @Test
  void theModelCountsSumsAndWindows() {
    Model model = new Model();
    model.add(new SourceRecord(0, 0, "k", 5), 100);
    model.add(new SourceRecord(0, 1, "k", 7), 1_100);
    model.add(new SourceRecord(0, 2, "k", 1), 1_200);
    assertThat(model.finish())
        .containsEntry("total|k", List.of("1 5", "2 12", "3 13"))
        .containsEntry("window|k", List.of("0 1", "1000 2"))
        .containsEntry("timer|k", List.of("0 5", "1000 8"))
        .containsKey("hash|k")
        .hasSize(4);
  }

  @Test
  void aDamagedSourceRecordIsRefused() {
    SourceRecord record = new SourceRecord(2, 17, "k", 5);
    assertThat(SourceRecord.parse(record.text())).isEqualTo(record);
    assertThatThrownBy(() -> SourceRecord.parse(record.text().replace("17", "18")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Verdict judge(String... lines) {
    List<Seen> all = seen(lines);
    return Comparison.of(3, EXPECTED, all, all);
  }

  private static List<Seen> seen(String... lines) {
    List<Seen> all = new ArrayList<>();
    for (String line : lines) {
      all.add(new Seen(0, all.size(), line.substring(0, 1), line.substring(2)));
    }
    return all;
  }

  private static List<Seen> with(List<Seen> all, Seen more) {
    List<Seen> longer = new ArrayList<>(all);
    longer.add(more);
    return longer;
  }
}
