package io.purlin.conformance.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The budgets on the project's own sources, and the measure on known text. */
class BudgetTest {
  @Test
  void nothingIsOverItsBudgetWithoutAReason() {
    List<SourceFile> main = SourceFile.ofAllModules("src/main/java");
    List<SourceFile> tests = SourceFile.ofAllModules("src/test/java");
    assertThat(main).isNotEmpty();
    assertThat(tests).isNotEmpty();
    List<Finding> findings = new ArrayList<>(Measure.of(main, Budget.MAIN));
    findings.addAll(Measure.of(tests, Budget.TESTS));
    assertThat(findings).extracting(Finding::what).contains("file", "method", "constructor");
    assertThat(Exceptions.read().judge(findings)).isEmpty();
  }

  @Test
  void measuresThisFile() {
    SourceFile here =
        SourceFile.ofAllModules("src/test/java").stream()
            .filter(source -> source.path().endsWith(Path.of("budget", "BudgetTest.java")))
            .findFirst()
            .orElseThrow();
    List<Finding> findings = Measure.of(List.of(here), Budget.TESTS);
    String name = BudgetTest.class.getName();
    int lines = (int) here.text().lines().count();
    assertThat(findings)
        .contains(
            new Finding(name, "file", lines, 500),
            new Finding(name + "#five", "method", 5, 90),
            new Finding("io.purlin.conformance.budget", "package", 1, 40));
  }

  private static int five() {
    int one = 1;
    int four = 4;
    return one + four;
  }

  @Test
  void anExceptionCoversWhatItNamesAndNothingElse() {
    Exceptions exceptions = Exceptions.parse("# why\n\na.B file 500 is a table of constants\n");
    assertThat(exceptions.judge(List.of(new Finding("a.B", "file", 450, 400)))).isEmpty();
    assertThat(exceptions.judge(List.of(new Finding("a.B", "file", 501, 400)))).hasSize(1);
    assertThat(
            exceptions.judge(
                List.of(
                    new Finding("a.B", "file", 450, 400), new Finding("a.C", "file", 450, 400))))
        .containsExactly("a.C file: 450, allowed are 400");
  }

  @Test
  void anExceptionThatNobodyNeedsIsAnError() {
    Exceptions exceptions = Exceptions.parse("a.B file 500 is a table of constants");
    assertThat(exceptions.judge(List.of(new Finding("a.B", "file", five(), 400)))).hasSize(1);
  }
}
