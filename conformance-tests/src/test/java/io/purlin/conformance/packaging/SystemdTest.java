package io.purlin.conformance.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.job.StopOnShutdown;
import io.purlin.sdk.CheckpointOptions;
import io.purlin.sdk.NativePipelineOptions;
import io.purlin.sdk.RestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The unit and its example fit together, and fit what Purlin is told and how it ends. */
class SystemdTest {
  private static final Path FOLDER = Path.of("..", "packaging", "systemd");

  private final Map<String, String> unit = settings(FOLDER.resolve("purlin@.service"));
  private final Map<String, String> job = settings(FOLDER.resolve("weather.conf"));

  SystemdTest() throws IOException {}

  private static Map<String, String> settings(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.contains("=") && !line.startsWith("#"))
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(each -> each[0], each -> each[1]));
  }

  private String setting(Map<String, String> settings, String name) {
    assertThat(settings).containsKey(name);
    return settings.getOrDefault(name, "");
  }

  /** As systemd puts it together: variables are divided at blanks, %i is the instance. */
  private Arguments arguments() {
    List<String> words = new ArrayList<>();
    for (String word : setting(unit, "ExecStart").split(" ", -1)) {
      if (word.startsWith("$")) {
        words.addAll(Arrays.asList(setting(job, word.substring(1)).split(" ", -1)));
      } else {
        words.add(word.replace("%i", "weather"));
      }
    }
    return new Arguments(words.subList(1, words.size()));
  }

  @Test
  void everyOptionOfOursExistsAndIsOfItsKind() {
    Arguments arguments = arguments();
    assertThat(arguments.all()).startsWith("run", "--class=example.Warmest");
    List<String> program = List.of("--class=", "--readings=", "--warmest=");
    Arguments ours =
        new Arguments(
            arguments.all().stream()
                .filter(a -> program.stream().noneMatch(a::startsWith))
                .toList());
    assertThat(ours.as(CheckpointOptions.class).getJobName()).isEqualTo("weather");
    assertThat(ours.as(RestOptions.class).getRestPort()).isPositive();
    assertThat(ours.as(NativePipelineOptions.class).getManagedMemory()).isPositive();
  }

  @Test
  void whatItWritesIsInItsOwnFolders() {
    List<String> folders = List.of(setting(unit, "StateDirectory").split(" ", -1));
    Arguments arguments = arguments();
    for (String option : List.of("checkpointDir", "stateDir")) {
      assertThat(folders).contains(arguments.required(option).replaceFirst("^/var/lib/", ""));
    }
    assertThat(unit).containsEntry("ProtectSystem", "strict").containsEntry("UMask", "0077");
  }

  @Test
  void thereIsTimeToStopWithACheckpoint() {
    String limit = setting(unit, "TimeoutStopSec");
    assertThat(limit).endsWith("s");
    assertThat(Long.parseLong(limit.substring(0, limit.length() - 1)) * 1000)
        .isGreaterThan(StopOnShutdown.LONGEST_WAIT_MILLIS);
  }

  @Test
  void wrongArgumentsAreNotTriedAgain() {
    assertThat(unit)
        .containsEntry("Restart", "on-failure")
        // As docs/errors.md has it.
        .containsEntry("RestartPreventExitStatus", "2");
  }

  @Test
  void itRunsAsAUserThatItMakes() throws IOException {
    assertThat(Files.readAllLines(FOLDER.resolve("purlin.sysusers.conf")))
        .anyMatch(line -> line.startsWith("u " + setting(unit, "User") + " "));
  }
}
