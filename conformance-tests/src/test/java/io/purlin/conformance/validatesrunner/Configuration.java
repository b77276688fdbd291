package io.purlin.conformance.validatesrunner;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The ways in which the suite is run: an execution in the build for each, with the same label.
 *
 * <p>{@code P4_STREAMING} runs four tasks a step with {@code --streaming}; {@code P2_CRASH} begins
 * with two, crashes at random checkpoints, and goes on with another number of tasks.
 */
enum Configuration {
  P1,
  P4,
  P1_STREAMING,
  P4_STREAMING,
  P2_CRASH;

  /** As in the build, on the command line and in reports, such as {@code p4-streaming}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The configuration of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Configuration labelled(String label) {
    return Arrays.stream(values())
        .filter(configuration -> configuration.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no configuration '" + label + "', there are " + labels()));
  }

  /** The configurations that this build runs: those it does not skip. */
  static Set<Configuration> ofThisBuild() {
    Set<Configuration> run = EnumSet.noneOf(Configuration.class);
    for (Configuration configuration : values()) {
      String property = "conformance." + configuration.label() + ".skip";
      String skip = System.getProperty(property);
      if (skip == null) {
        throw new IllegalStateException("the build must set " + property);
      }
      if (!Boolean.parseBoolean(skip)) {
        run.add(configuration);
      }
    }
    return run;
  }

  private static String labels() {
    return String.join(", ", Arrays.stream(values()).map(Configuration::label).toList());
  }
}
