package io.purlin.conformance.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The image has what a distribution has, where the rest of the file looks for it. */
class DockerfileTest {
  private static final Path PACKAGING = Path.of("..", "packaging");

  private final List<String> steps;

  DockerfileTest() throws IOException {
    String text = Files.readString(PACKAGING.resolve("docker").resolve("Dockerfile"));
    steps =
        text.lines()
            .filter(line -> !line.startsWith("#"))
            .reduce((all, line) -> all + (all.endsWith("\\") ? " " : "\n") + line)
            .orElse("")
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
  }

  private List<String> of(String instruction) {
    return steps.stream()
        .filter(line -> line.startsWith(instruction + " "))
        .map(line -> line.substring(instruction.length() + 1))
        .toList();
  }

  @Test
  void itStartsWithJava17AndEndsAsAUserThatIsNotRoot() {
    assertThat(of("FROM")).singleElement().asString().matches("eclipse-temurin:17-jre-\\w+");
    // A number: by a name Kubernetes cannot tell (runAsNonRoot).
    assertThat(of("USER")).containsExactly("10001:10001");
    assertThat(steps.subList(steps.indexOf("USER 10001:10001"), steps.size()))
        .noneMatch(line -> line.startsWith("RUN") || line.startsWith("COPY"));
  }

  @Test
  void allThatIsCopiedIsMadeByTheScriptOfTheDistribution() throws IOException {
    String script = Files.readString(PACKAGING.resolve("dist"));
    for (String copy : of("COPY")) {
      List<String> words = List.of(copy.split(" ", -1));
      assertThat(words.get(words.size() - 1)).startsWith("/opt/purlin/");
      for (String source : words.subList(0, words.size() - 1)) {
        assertThat(script).contains(source.split("/", -1)[0]);
      }
    }
  }

  @Test
  void itsHealthIsThatOfTheJob() throws IOException {
    assertThat(of("HEALTHCHECK")).singleElement().asString().contains("/opt/purlin/bin/health");
    String health = Files.readString(PACKAGING.resolve("docker").resolve("health"));
    assertThat(health).contains("GET /health/live HTTP/1.1", "port=${1:-" + of("EXPOSE").get(0));
    assertThat(Files.isExecutable(PACKAGING.resolve("docker").resolve("health"))).isTrue();
  }

  @Test
  void whatMustLastIsAVolume() {
    assertThat(of("VOLUME")).containsExactly("/var/lib/purlin");
    // $XDG_STATE_HOME/purlin/checkpoints is the default of --checkpointDir.
    assertThat(of("ENV")).anyMatch(line -> line.contains("XDG_STATE_HOME=/var/lib"));
    assertThat(of("STOPSIGNAL")).containsExactly("SIGTERM");
  }
}
