package io.purlin.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The reference of options is what the options are. With {@code -Dpurlin.writeOptions=true}, as
 * {@code ./dev options} says it, it is written anew first.
 */
class OptionsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "options.md");

  @Test
  void thePageIsWhatTheOptionsAre() throws IOException {
    String page = OptionsPage.write();
    if (Boolean.getBoolean("purlin.writeOptions")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page)
        .contains("| `--parallelism` | number |", "`--checkpointDir`", "`--kafkaSinkPreset`")
        .contains("### WordCount", "`--sessionGapMillis`", "### purlin checkpoints verify");
    assertThat(Files.readString(PAGE)).as("docs/options.md: run ./dev options").isEqualTo(page);
  }
}
