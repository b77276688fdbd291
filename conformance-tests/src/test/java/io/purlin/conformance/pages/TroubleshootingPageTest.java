package io.purlin.conformance.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.conformance.budget.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page lists messages that there are, and each warning that a job can log. */
class TroubleshootingPageTest {
  private static final Set<String> MODULES = Set.of("sdk", "state", "io-kafka", "runner-native");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (`[^|]*`) \\|");
  private static final Pattern MESSAGE = Pattern.compile("`([^`]+)`");

  @Test
  void eachMessageIsOneOfTheSources() throws IOException {
    List<String> texts = sources().stream().map(Messages::texts).toList();
    List<String> messages = messages();
    assertThat(messages).hasSizeGreaterThan(60).doesNotHaveDuplicates();
    assertThat(messages)
        .filteredOn(message -> texts.stream().noneMatch(text -> says(message, text)))
        .as("messages that nothing says")
        .isEmpty();
  }

  @Test
  void eachWarningIsOnThePage() throws IOException {
    List<String> messages = messages();
    List<String> warnings =
        sources().stream().flatMap(source -> Messages.warnings(source).stream()).toList();
    assertThat(warnings).hasSizeGreaterThan(25);
    assertThat(warnings)
        .filteredOn(warning -> messages.stream().noneMatch(message -> says(message, warning)))
        .as("warnings that the page leaves out")
        .isEmpty();
  }

  @Test
  void aMessageIsFoundByItsPartsInTheirOrderAndNotOtherwise() {
    String code = "the job {} has failed: {}";
    assertThat(says("the job ... has failed: ...", code)).isTrue();
    assertThat(says("... has failed: ... the job", code)).isFalse();
    assertThat(says("the job ... has ended", code)).isFalse();
    assertThat(says("the job has failed", code)).isFalse();
  }

  private static boolean says(String message, String text) {
    return Messages.pattern(message).matcher(text).find();
  }

  private static List<String> messages() throws IOException {
    String page = Files.readString(SourceFile.PROJECT.resolve("docs/troubleshooting.md"));
    List<String> messages = new ArrayList<>();
    Matcher cells = FIRST_CELL.matcher(page);
    while (cells.find()) {
      Matcher message = MESSAGE.matcher(cells.group(1));
      while (message.find()) {
        messages.add(message.group(1));
      }
    }
    return messages;
  }

  private static List<SourceFile> sources() {
    return SourceFile.ofAllModules("src/main/java").stream()
        .filter(
            source ->
                MODULES.contains(
                    SourceFile.PROJECT.relativize(source.path()).getName(0).toString()))
        .toList();
  }
}
