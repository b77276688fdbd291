package io.purlin.nativerunner.plan.draw;

import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.plan.ExchangePlan;
import io.purlin.nativerunner.plan.ExecutionPlan;
import io.purlin.nativerunner.plan.draw.LayeredLayout.Line;
import io.purlin.nativerunner.plan.draw.LayeredLayout.Point;
import io.purlin.nativerunner.plan.draw.LayeredLayout.Result;
import io.purlin.nativerunner.plan.draw.LayeredLayout.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A plan as a picture: a box for each chain with its steps, an arrow for each exchange. Full names
 * and reasons show when one points at them. Used once, by one thread.
 */
final class SvgDrawing {
  private static final double MARGIN = 24;
  private static final double CAPTION = 30;
  private static final double PADDING = 12;
  private static final double TITLE = 26;
  private static final double STEP = 18;

  /** The advance of fonts of one width at 12 pixels; theirs are the only ones known beforehand. */
  private static final double LETTER = 7.25;

  private static final String STYLE =
      """
      <style>
        svg { --paper: #ffffff; --ink: #1d2733; --faint: #66717e; --box: #f7f9fb; --line: #b9c3ce;
              --head: #e4eaf1; --read: #d8efe0; }
        @media (prefers-color-scheme: dark) {
          svg { --paper: #14191f; --ink: #e6ebf0; --faint: #98a4b1; --box: #1c232b; --line: #4a5663;
                --head: #2a3541; --read: #21402f; }
        }
        .paper { fill: #ffffff; fill: var(--paper); }
        .box { fill: #f7f9fb; fill: var(--box); stroke: #b9c3ce; stroke: var(--line); }
        .head { fill: #e4eaf1; fill: var(--head); }
        .read { fill: #d8efe0; fill: var(--read); }
        text { font: 12px sans-serif; fill: #1d2733; fill: var(--ink); }
        .title { font-weight: 600; }
        .step { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
        .faint, .caption { fill: #66717e; fill: var(--faint); }
        .exchange { fill: none; stroke-width: 1.6; }
        .how { font-size: 11px; stroke: #ffffff; stroke: var(--paper); stroke-width: 4;
               stroke-linejoin: round; paint-order: stroke; }
        .forward { stroke: #7a8694; } .keyed { stroke: #2f6fd0; }
        .rebalance { stroke: #b9770e; } .single { stroke: #8a4fc0; }
      </style>
      """;

  private final ExecutionPlan plan;
  private final List<ChainLabel> labels;
  private final List<Size> sizes;
  private final Result layout;
  private final StringBuilder text = new StringBuilder();

  private SvgDrawing(ExecutionPlan plan) {
    this.plan = plan;
    this.labels = plan.chains().stream().map(ChainLabel::of).toList();
    this.sizes = labels.stream().map(SvgDrawing::size).toList();
    this.layout =
        LayeredLayout.of(
            sizes,
            plan.exchanges().stream().map(e -> new Line(e.fromChain(), e.toChain())).toList());
  }

  static String of(ExecutionPlan plan) {
    return new SvgDrawing(plan).draw();
  }

  private static Size size(ChainLabel label) {
    int longest = label.title().length();
    for (ChainLabel.Line line : label.steps()) {
      longest = Math.max(longest, line.length());
    }
    return new Size(longest * LETTER + 2 * PADDING, TITLE + label.steps().size() * STEP + PADDING);
  }

  private String draw() {
    int tasks = plan.chains().stream().mapToInt(ChainPlan::parallelism).sum();
    String caption =
        plan.chains().size()
            + " chains, "
            + tasks
            + " tasks, "
            + plan.exchanges().size()
            + " exchanges";
    double width = Math.max(layout.size().width(), caption.length() * LETTER) + 2 * MARGIN;
    double height = layout.size().height() + 2 * MARGIN + CAPTION;
    add("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"%s\"", caption);
    add(
        " width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\">\n",
        width, height, width, height);
    text.append(STYLE);
    arrowHeads();
    add("<rect class=\"paper\" width=\"100%%\" height=\"100%%\"/>\n");
    add("<text class=\"caption\" x=\"%.0f\" y=\"%.0f\">%s</text>\n", MARGIN, MARGIN + 6, caption);
    add("<g transform=\"translate(%.0f %.0f)\">\n", MARGIN, MARGIN + CAPTION);
    for (ExchangePlan exchange : plan.exchanges()) {
      arrow(exchange);
    }
    for (ChainPlan chain : plan.chains()) {
      box(chain);
    }
    // Above all lines, so that none goes through them.
    for (ExchangePlan exchange : plan.exchanges()) {
      how(exchange);
    }
    add("</g>\n</svg>\n");
    return text.toString();
  }

  private void arrowHeads() {
    text.append("<defs>\n");
    for (String how : List.of("forward", "keyed", "rebalance", "single")) {
      add("<marker id=\"to-%s\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\"", how);
      add(" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">");
      add("<path class=\"%s\" d=\"M 1 1 L 7 4 L 1 7\" fill=\"none\"/></marker>\n", how);
    }
    text.append("</defs>\n");
  }

  private void box(ChainPlan chain) {
    ChainLabel label = labels.get(chain.id());
    Size size = sizes.get(chain.id());
    Point top = layout.boxes().get(chain.id());
    double x = top.x() - size.width() / 2;
    double y = top.y();
    add("<g transform=\"translate(%.1f %.1f)\">", x, y);
    add(
        "<rect class=\"box\" width=\"%.1f\" height=\"%.1f\" rx=\"6\"/>\n",
        size.width(), size.height());
    // The head's lower corners are not round.
    add(
        "<path class=\"%s\" d=\"M 0.5 %.1f v %.1f a 5.5 5.5 0 0 1 5.5 -5.5 h %.1f a 5.5 5.5 0 0 1 5.5"
            + " 5.5 v %.1f z\"/>\n",
        chain.head() instanceof Vertex.Source ? "read" : "head",
        TITLE - 4,
        10 - TITLE,
        size.width() - 12,
        TITLE - 10);
    add("<text class=\"title\" x=\"%.0f\" y=\"15.5\">%s</text>\n", PADDING, xml(label.title()));
    double line = TITLE + STEP - 4;
    for (ChainLabel.Line step : label.steps()) {
      add(
          "<text class=\"step\" x=\"%.0f\" y=\"%.1f\"><title>%s</title>",
          PADDING, line, xml(step.fullName()));
      text.append(xml(step.name()));
      if (!step.note().isEmpty()) {
        add("<tspan class=\"faint\" dx=\"%.1f\">%s</tspan>", LETTER, xml(step.note()));
      }
      text.append("</text>\n");
      line += STEP;
    }
    text.append("</g>\n");
  }

  private void arrow(ExchangePlan exchange) {
    List<Point> points = points(exchange);
    StringBuilder path = new StringBuilder();
    Point at = points.get(0);
    path.append(format("M %.1f %.1f", at.x(), at.y()));
    for (int i = 1; i < points.size(); i += 2) {
      // Down to where the layer ends, over to the next, and down through that.
      Point to = points.get(i);
      double ends = to.y() - LayeredLayout.BETWEEN_LAYERS;
      double bend = LayeredLayout.BETWEEN_LAYERS / 2;
      path.append(format(" L %.1f %.1f", at.x(), ends));
      path.append(
          format(
              " C %.1f %.1f %.1f %.1f %.1f %.1f",
              at.x(), ends + bend, to.x(), to.y() - bend, to.x(), to.y()));
      if (i + 1 < points.size()) {
        at = points.get(i + 1);
        path.append(format(" L %.1f %.1f", at.x(), at.y()));
      }
    }
    String how = ChainLabel.of(exchange.partitioning());
    add("<path class=\"exchange %s\" marker-end=\"url(#to-%s)\" d=\"%s\">", how, how, path);
    add("<title>%s: %s</title></path>\n", how, xml(exchange.reason()));
  }

  private void how(ExchangePlan exchange) {
    List<Point> points = points(exchange);
    Point end = points.get(points.size() - 1);
    Point before = points.get(points.size() - 2);
    double x = (before.x() + end.x()) / 2;
    double y = end.y() - LayeredLayout.BETWEEN_LAYERS / 2;
    add(
        "<text class=\"how\" x=\"%.1f\" y=\"%.1f\">%s",
        x + 7, y + 4, ChainLabel.of(exchange.partitioning()));
    add("<title>%s</title></text>\n", xml(exchange.reason()));
  }

  /** From the lower side of a box to the upper side of another. */
  private List<Point> points(ExchangePlan exchange) {
    List<Point> points = new ArrayList<>();
    int from = exchange.fromChain();
    int to = exchange.toChain();
    Point upper = layout.boxes().get(from);
    List<ExchangePlan> leaving = plan.outOf(plan.chains().get(from));
    List<ExchangePlan> arriving = plan.into(plan.chains().get(to));
    points.add(
        new Point(
            upper.x() + port(exchange, leaving, sizes.get(from), true),
            upper.y() + sizes.get(from).height()));
    points.addAll(layout.routes().get(exchange.id()));
    Point lower = layout.boxes().get(to);
    points.add(new Point(lower.x() + port(exchange, arriving, sizes.get(to), false), lower.y()));
    return points;
  }

  /** Exchanges leave and arrive side by side, in the order of where they come from or go to. */
  private double port(
      ExchangePlan exchange, List<ExchangePlan> together, Size size, boolean leaving) {
    if (together.size() == 1) {
      return 0;
    }
    double far = far(exchange, leaving);
    int place = 0;
    for (ExchangePlan other : together) {
      double otherFar = far(other, leaving);
      if (otherFar < far || (otherFar == far && other.id() < exchange.id())) {
        place++;
      }
    }
    double apart = Math.min(90, (size.width() - 2 * PADDING) / (together.size() - 1));
    return (place - (together.size() - 1) / 2.0) * apart;
  }

  private double far(ExchangePlan exchange, boolean leaving) {
    List<Point> route = layout.routes().get(exchange.id());
    if (route.isEmpty()) {
      return layout.boxes().get(leaving ? exchange.toChain() : exchange.fromChain()).x();
    }
    return route.get(leaving ? 0 : route.size() - 1).x();
  }

  private void add(String form, Object... arguments) {
    text.append(format(form, arguments));
  }

  private static String format(String form, Object... arguments) {
    return String.format(Locale.ROOT, form, arguments);
  }

  /** As it may stand in XML: what XML has no place for becomes a replacement character. */
  static String xml(String plain) {
    StringBuilder text = new StringBuilder();
    plain
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                default -> text.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
    return text.toString();
  }

  private static boolean isXml(int c) {
    return c >= 0x20 ? c < 0xD800 || (c > 0xDFFF && c != 0xFFFE && c != 0xFFFF) : c == '\t';
  }
}
