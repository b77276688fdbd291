package io.purlin.nativerunner.plan.draw;

import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.plan.ExchangePlan;
import io.purlin.nativerunner.plan.ExecutionPlan;

/** A plan in the language of Graphviz. */
final class DotDrawing {
  private DotDrawing() {}

  static String of(ExecutionPlan plan) {
    StringBuilder text = new StringBuilder("digraph plan {\n");
    text.append("  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11];\n");
    text.append("  edge [fontname=\"sans-serif\", fontsize=10];\n");
    for (ChainPlan chain : plan.chains()) {
      ChainLabel label = ChainLabel.of(chain);
      text.append("  c").append(chain.id()).append(" [label=\"").append(escaped(label.title()));
      text.append("\\n\\n");
      for (ChainLabel.Line line : label.steps()) {
        text.append(escaped(line.name()));
        if (!line.note().isEmpty()) {
          text.append("  (").append(escaped(line.note())).append(')');
        }
        // To the left, as \n would be to the middle.
        text.append("\\l");
      }
      text.append("\"];\n");
    }
    for (ExchangePlan exchange : plan.exchanges()) {
      text.append("  c").append(exchange.fromChain()).append(" -> c").append(exchange.toChain());
      text.append(" [label=\"").append(ChainLabel.of(exchange.partitioning()));
      text.append("\", tooltip=\"").append(escaped(exchange.reason())).append("\"];\n");
    }
    return text.append("}\n").toString();
  }

  /** As it may stand between quotes. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\R", " ");
  }
}
