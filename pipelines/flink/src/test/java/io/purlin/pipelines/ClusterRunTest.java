package io.purlin.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --runner=FlinkRunner}: broker, cluster, submission and check, as a user has them. */
class ClusterRunTest {
  private static int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("run", "--runner=FlinkRunner"));
    all.addAll(List.of(arguments));
    return Main.execute(System.out, System.err, all.toArray(String[]::new));
  }

  @Test
  void clickstreamAgreesWithTheModel() {
    assertThat(run("--clicks=5000")).isEqualTo(ExitCode.CORRECT);
  }

  @Test
  void wordCountCountsAllFilesOfAPattern(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("one.txt"), "The pond and the mill.\nThe brook!\n");
    Files.writeString(folder.resolve("two.txt"), "the keeper's bridge");
    Path output = folder.resolve("counts");
    int code = run("WordCount", "--input=" + folder.resolve("*.txt"), "--output=" + output);
    assertThat(code).isEqualTo(ExitCode.CORRECT);
    List<String> counts = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().startsWith(output + "-")).toList()) {
        counts.addAll(Files.readAllLines(file));
      }
    }
    assertThat(counts).hasSize(7).contains("the: 4", "pond: 1");
  }

  @Test
  void anOptionThatNobodyKnowsIsTheUsersFault() {
    assertThat(run("WordCount", "--inptu=nowhere")).isEqualTo(ExitCode.USAGE);
  }
}
