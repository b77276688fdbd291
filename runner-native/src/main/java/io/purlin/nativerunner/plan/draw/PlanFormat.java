package io.purlin.nativerunner.plan.draw;

import io.purlin.nativerunner.plan.ExecutionPlan;
import io.purlin.nativerunner.plan.PlanPrinter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The ways in which a plan can be shown, by the names that the option has for them. */
public enum PlanFormat {
  /** Lines for a terminal. */
  TEXT {
    @Override
    public String of(ExecutionPlan plan) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      PlanPrinter.print(plan, new PrintStream(bytes, true, StandardCharsets.UTF_8));
      return bytes.toString(StandardCharsets.UTF_8);
    }
  },
  /** The language of Graphviz. */
  DOT {
    @Override
    public String of(ExecutionPlan plan) {
      return DotDrawing.of(plan);
    }
  },
  /** A picture that browsers show. */
  SVG {
    @Override
    public String of(ExecutionPlan plan) {
      return SvgDrawing.of(plan);
    }
  };

  /** The plan in this format; ends with a line end. */
  public abstract String of(ExecutionPlan plan);

  /** The name that the option has for the format. */
  public String optionName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names, for messages. */
  public static List<String> optionNames() {
    return Stream.of(values()).map(PlanFormat::optionName).toList();
  }

  /**
   * The format of a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static PlanFormat named(String name) {
    return Stream.of(values())
        .filter(format -> format.optionName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no format " + name));
  }
}
