package io.purlin.nativerunner.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.Rates;
import io.purlin.nativerunner.web.prometheus.Exposition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files in docs that speak of metrics can be read, and speak of metrics that there are. */
class MetricDocsTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern METRIC =
      Pattern.compile("\\b(purlin|jvm|process|system)_[A-Za-z0-9_]+\\b(?!\\*)");

  @Test
  void alertRulesAreWholeAndNameMetricsThatThereAre() throws IOException {
    String text = Files.readString(DOCS.resolve("alerts.yml"));
    Map<String, List<Map<String, Object>>> file =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    Set<String> names = new TreeSet<>();
    for (Map<String, Object> group : file.getOrDefault("groups", List.of())) {
      assertThat(group).containsKeys("name", "rules");
      for (Object each : (List<?>) Objects.requireNonNull(group.get("rules"))) {
        Map<?, ?> rule = (Map<?, ?>) each;
        String expression = String.valueOf(rule.get("expr"));
        assertThat(balanced(expression)).as(expression).isTrue();
        assertThat(metrics(expression)).as(expression).isNotEmpty().isSubsetOf(printed());
        assertThat(String.valueOf(rule.get("labels"))).contains("severity=");
        assertThat(String.valueOf(rule.get("annotations"))).contains("summary=", "description=");
        names.add(String.valueOf(rule.get("alert")));
      }
    }
    assertThat(names).hasSizeGreaterThan(8).allMatch(name -> name.startsWith("Purlin"));
  }

  @Test
  void theDashboardIsWholeAndNamesMetricsThatThereAre() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(DOCS.resolve("grafana.json").toFile());
    assertThat(dashboard.at("/title").asText()).isEqualTo("Purlin");
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode panel : dashboard.at("/panels")) {
      assertThat(ids.add(panel.at("/id").asInt())).as("panels with one id").isTrue();
      assertThat(panel.at("/targets").size()).as(panel.at("/title").asText()).isPositive();
      for (JsonNode target : panel.at("/targets")) {
        String expression = target.at("/expr").asText();
        assertThat(balanced(expression)).as(expression).isTrue();
        assertThat(metrics(expression)).as(expression).isNotEmpty().isSubsetOf(printed());
      }
    }
    assertThat(ids).hasSizeGreaterThan(15);
  }

  @Test
  void thePageListsWhatIsThereAndNothingElse() throws IOException {
    String page = Files.readString(DOCS.resolve("metrics.md"));
    Set<String> ours = new TreeSet<>(printed());
    ours.removeIf(name -> !name.startsWith("purlin_"));
    Set<String> listed = metrics(page);
    listed.removeIf(name -> !name.startsWith("purlin_"));
    assertThat(listed).isEqualTo(ours);
  }

  private static Set<String> metrics(String text) {
    Set<String> found = new TreeSet<>();
    Matcher names = METRIC.matcher(text);
    while (names.find()) {
      found.add(names.group());
    }
    return found;
  }

  /** Brackets open and close in order, outside of what is quoted. */
  private static boolean balanced(String expression) {
    String bare = expression.replaceAll("\"[^\"]*\"", "");
    for (String before = ""; !before.equals(bare); ) {
      before = bare;
      bare = bare.replaceAll("\\([^(){}\\[\\]]*\\)|\\{[^(){}\\[\\]]*}|\\[[^(){}\\[\\]]*]", "");
    }
    return !bare.isBlank() && bare.chars().noneMatch(c -> "(){}[]\"".indexOf(c) >= 0);
  }

  private static Set<String> printed() {
    ShownJob job = new ShownJob();
    JobView view = job.view();
    Set<String> names = new TreeSet<>();
    try (Exposition exposition = new Exposition()) {
      for (String line :
          exposition.text(view, Rates.between(view, view), job.metrics()).lines().toList()) {
        if (line.startsWith("# TYPE ")) {
          names.add(line.split(" ", -1)[2]);
        }
      }
    }
    return names;
  }
}
