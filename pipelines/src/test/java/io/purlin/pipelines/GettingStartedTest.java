package io.purlin.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/getting-started.md tells newcomers to write compiles, and does what it says there. */
class GettingStartedTest {
  private static final Pattern VERSION = Pattern.compile("<(\\w+)\\.version>([^<]+)</");

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private final String page;

  GettingStartedTest() throws IOException {
    page = Files.readString(Path.of("..", "docs", "getting-started.md"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NativeRunner", "DirectRunner"})
  void itsPipelineWritesWhatThePageShows(String runner, @TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("Warmest.java"), block("Warmest.java"));
    Path classes = folder.resolve("classes");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null, null, null, "-proc:none", "-cp", CLASS_PATH, "-d", "" + classes, "" + source);
    assertThat(compiled).isZero();
    Files.writeString(folder.resolve("readings.csv"), block("readings.csv"));
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes + ":" + CLASS_PATH,
                "example.Warmest",
                "--runner=" + runner,
                "--readings=readings.csv",
                "--warmest=out/hour")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String log = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(program.waitFor()).as(log).isZero();
    assertThat(lines(folder.resolve("out")))
        .containsExactlyInAnyOrderElementsOf(block("shows").lines().toList());
  }

  @Test
  void itsProjectHasTheVersionsOfThisOne() throws IOException {
    String own = Files.readString(Path.of("..", "pom.xml"));
    String project = block("pom.xml");
    List<String> named = new ArrayList<>();
    Matcher versions = VERSION.matcher(project);
    while (versions.find()) {
      String name = versions.group(1);
      named.add(name);
      assertThat(own)
          .contains(
              name.equals("purlin")
                  ? "<artifactId>purlin</artifactId>\n  <version>"
                      + versions.group(2)
                      + "</version>"
                  : versions.group());
    }
    assertThat(named).containsExactly("beam", "purlin", "slf4j");
  }

  /** The block behind the first line that names it. */
  private String block(String name) {
    Matcher block =
        Pattern.compile(Pattern.quote(name) + "[^\\n]*\\n\\n```\\w*\\n(.*?)```", Pattern.DOTALL)
            .matcher(page);
    assertThat(block.find()).as(name).isTrue();
    return block.group(1);
  }

  private static List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }
}
