package io.purlin.nativerunner.plan.draw;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.plan.ChainPlan;
import java.util.List;
import java.util.Locale;

/**
 * What a picture says of a chain.
 *
 * @param title its number and tasks
 * @param steps its steps in order
 */
record ChainLabel(String title, List<Line> steps) {
  /** Longer names lose their middle. */
  private static final int LONGEST = 52;

  ChainLabel {
    steps = List.copyOf(steps);
  }

  /**
   * A step.
   *
   * @param name as much of the name as fits
   * @param fullName all of it
   * @param note what is said of it beside its name; may be empty
   */
  record Line(String name, String fullName, String note) {
    int length() {
      return name.length() + (note.isEmpty() ? 0 : 2 + note.length());
    }
  }

  static ChainLabel of(ChainPlan chain) {
    String tasks = chain.parallelism() == 1 ? "1 task" : chain.parallelism() + " tasks";
    return new ChainLabel(
        "Chain " + chain.id() + " \u00b7 " + tasks,
        chain.members().stream()
            .map(v -> new Line(shortened(v.name()), v.name(), shortened(note(v))))
            .toList());
  }

  static String of(Partitioning partitioning) {
    return partitioning.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String note(Vertex vertex) {
    return vertex instanceof Vertex.Step step ? step.factory().explanation() : "source";
  }

  /** The beginning says which step of the pipeline it is, the end which of its parts. */
  static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int head = (LONGEST - 1) / 2;
    int tail = LONGEST - 1 - head;
    return text.substring(0, head) + "\u2026" + text.substring(text.length() - tail);
  }
}
