package io.purlin.nativerunner.plan.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.graph.Edge;
import io.purlin.nativerunner.graph.LogicalGraph;
import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.graph.Vertex.ChainHint;
import io.purlin.nativerunner.operator.ForwardOperator;
import io.purlin.nativerunner.plan.ChainPlanner;
import io.purlin.nativerunner.plan.ExecutionPlan;
import io.purlin.nativerunner.plan.PlanOptions;
import io.purlin.nativerunner.source.EmptySourceFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PlanFormatTest {
  private static final String AWKWARD = "Read <\"a\" & 'b'>\\\u0001/" + "long/".repeat(20) + "end";

  /** A source, a step that groups, and one that gathers both. */
  private static ExecutionPlan plan() {
    List<Vertex> vertices = new ArrayList<>();
    vertices.add(new Vertex.Source(0, AWKWARD, new EmptySourceFactory(), false, ChainHint.NONE));
    vertices.add(new Vertex.Step(1, "Group", ForwardOperator::new, null, ChainHint.NONE));
    vertices.add(new Vertex.Step(2, "Gather", ForwardOperator::new, null, ChainHint.NONE));
    List<Edge> edges =
        List.of(
            new Edge(0, 0, 1, new Partitioning.Keyed(StringUtf8Coder.of())),
            new Edge(0, 0, 2, Partitioning.SINGLE),
            new Edge(1, 0, 2, Partitioning.SINGLE));
    return ChainPlanner.plan(new LogicalGraph(vertices, edges), new PlanOptions(4, true));
  }

  @Test
  void namesAreThoseOfTheOption() {
    assertThat(PlanFormat.optionNames()).containsExactly("text", "dot", "svg");
    assertThat(PlanFormat.named("svg")).isEqualTo(PlanFormat.SVG);
    assertThatThrownBy(() -> PlanFormat.named("png")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textHasEachChain() {
    assertThat(PlanFormat.TEXT.of(plan()))
        .contains("Chain 0, 4 tasks", "Chain 2, 1 task", "3 chains, 9 tasks, 3 exchanges");
  }

  @Test
  void dotHasEachChainAndExchangeEscaped() {
    String dot = PlanFormat.DOT.of(plan());
    assertThat(dot)
        .startsWith("digraph plan {\n")
        .endsWith("}\n")
        .contains("c0 -> c1 [label=\"keyed\", tooltip=\"elements are partitioned by key\"];")
        .contains("c0 -> c2 [label=\"single\"")
        .contains("Read <\\\"a\\\" & 'b'>\\\\");
    long quotes = dot.replace("\\\\", "").replace("\\\"", "").chars().filter(c -> c == '"').count();
    assertThat(quotes % 2).isZero();
  }

  @Test
  void svgIsXmlWithEachChainAndExchange() throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(PlanFormat.SVG.of(plan()))));
    assertThat(document.getDocumentElement().getAttribute("aria-label"))
        .isEqualTo("3 chains, 9 tasks, 3 exchanges");
    List<String> boxes = new ArrayList<>();
    List<String> arrows = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    NodeList all = document.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      String kind = element.getAttribute("class");
      if (kind.equals("title")) {
        boxes.add(element.getTextContent());
      } else if (kind.startsWith("exchange")) {
        arrows.add(element.getTextContent());
      } else if (kind.equals("step")) {
        steps.add(element.getElementsByTagName("title").item(0).getTextContent());
      }
    }
    assertThat(boxes)
        .containsExactly(
            "Chain 0 \u00b7 4 tasks", "Chain 1 \u00b7 4 tasks", "Chain 2 \u00b7 1 task");
    assertThat(arrows).hasSize(3).contains("keyed: elements are partitioned by key");
    assertThat(steps).containsExactly(AWKWARD.replace('\u0001', '\uFFFD'), "Group", "Gather");
  }

  @Test
  void aPlanIsAlwaysDrawnTheSame() {
    assertThat(PlanFormat.SVG.of(plan())).isEqualTo(PlanFormat.SVG.of(plan()));
  }
}
