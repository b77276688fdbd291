package io.purlin.conformance.validatesrunner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The verdict on the suite runs of this build.
 *
 * <p>The build calls it after the last of them, by name: it is no test of its own and reads what
 * the runs left in {@code target}.
 */
class SuiteVerdictCheck {
  private static final Path TARGET = Path.of("target");

  @Test
  void everySuiteRunIsAsListed() throws IOException {
    List<Verdict> verdicts = new ArrayList<>();
    for (Configuration configuration : Configuration.ofThisBuild()) {
      SuiteRun run = SuiteRun.read(TARGET.resolve("suites").resolve(configuration.label()));
      NotYet notYet = NotYet.read(configuration.suite());
      verdicts.add(
          Verdict.of(configuration, run, notYet.in(configuration), configuration.suite().size()));
    }
    ConformanceReport report = new ConformanceReport(verdicts);
    Files.writeString(TARGET.resolve("conformance.txt"), report.table());
    Files.writeString(TARGET.resolve("conformance.json"), report.json());
    assertThat(verdicts).isNotEmpty();
    assertThat(verdicts)
        .allSatisfy(
            verdict ->
                assertThat(verdict.complaints()).as(verdict.configuration().label()).isEmpty());
  }
}
