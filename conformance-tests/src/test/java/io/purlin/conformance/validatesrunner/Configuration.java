package io.purlin.conformance.validatesrunner;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The ways in which the suite is run: an execution in the build for each, with the same label.
 *
 * <p>{@code P4_STREAMING} runs four tasks a step with {@code --streaming}; {@code P2_CRASH} begins
 * with two, crashes at random checkpoints, and goes on with another number of tasks; {@code
 * P4_ROCKSDB} has no room for state on the heap; {@code P4_BUNDLES} has bundles of one element;
 * {@code NEEDS_RUNNER_P1} encodes and decodes what goes from step to step.
 */
enum Configuration {
  P1(Suite.VALIDATES_RUNNER),
  P4(Suite.VALIDATES_RUNNER),
  P1_STREAMING(Suite.VALIDATES_RUNNER),
  P4_STREAMING(Suite.VALIDATES_RUNNER),
  P1_ROCKSDB(Suite.VALIDATES_RUNNER),
  P4_ROCKSDB(Suite.VALIDATES_RUNNER),
  P1_STREAMING_ROCKSDB(Suite.VALIDATES_RUNNER),
  P4_STREAMING_ROCKSDB(Suite.VALIDATES_RUNNER),
  P4_BUNDLES(Suite.VALIDATES_RUNNER),
  P2_CRASH(Suite.VALIDATES_RUNNER),
  NEEDS_RUNNER_P1(Suite.NEEDS_RUNNER),
  NEEDS_RUNNER_P4(Suite.NEEDS_RUNNER),
  OTHER_JARS_P1(Suite.OTHER_JARS),
  OTHER_JARS_P4(Suite.OTHER_JARS);

  private final Suite suite;

  Configuration(Suite suite) {
    this.suite = suite;
  }

  /** What is run. */
  Suite suite() {
    return suite;
  }

  /** All ways in which a suite is run. */
  static Set<Configuration> of(Suite suite) {
    Set<Configuration> all = EnumSet.allOf(Configuration.class);
    all.removeIf(each -> each.suite != suite);
    return all;
  }

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
