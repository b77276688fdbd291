package io.purlin.conformance.validatesrunner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The tests of a suite that do not pass yet: lines of {@code Class#method configurations reason},
 * where configurations is {@code *} or a list such as {@code p4,p4-streaming}.
 *
 * <p>A {@code ~} before the configurations says that the outcome hangs on the wall clock: such a
 * test may pass, too.
 *
 * @param reasons by configuration, the listed tests with the reason of each
 */
record NotYet(Map<Configuration, Map<TestId, Reason>> reasons) {
  /** Between words; a test with parameters has spaces in brackets. */
  private static final Pattern SPACE = Pattern.compile("\\s+(?![^\\[]*])");

  /**
   * Why a test does not pass.
   *
   * @param sometimes whether it passes at other times
   * @param text for readers
   */
  record Reason(boolean sometimes, String text) {}

  static NotYet read(Suite suite) throws IOException {
    try (InputStream in = NotYet.class.getResourceAsStream(suite.notYet())) {
      if (in == null) {
        throw new IOException(suite.notYet() + " is missing");
      }
      return parse(suite, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /**
   * Reads the list.
   *
   * @throws IllegalArgumentException naming the line that is not an entry, has no reason, repeats
   *     another, or names a configuration of another suite
   */
  static NotYet parse(Suite suite, String text) {
    Map<Configuration, Map<TestId, Reason>> reasons = new EnumMap<>(Configuration.class);
    for (Configuration configuration : Configuration.of(suite)) {
      reasons.put(configuration, new TreeMap<>());
    }
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      List<String> words = List.of(SPACE.split(line, 3));
      if (words.size() < 3) {
        throw new IllegalArgumentException("not 'Class#method configurations reason': " + line);
      }
      TestId test = TestId.parse(words.get(0));
      boolean sometimes = words.get(1).startsWith("~");
      Reason reason = new Reason(sometimes, words.get(2));
      for (Configuration configuration :
          configurations(suite, words.get(1).replaceFirst("^~", ""))) {
        Map<TestId, Reason> listed = reasons.get(configuration);
        if (listed == null) {
          throw new IllegalArgumentException("a configuration of another suite: " + line);
        }
        if (listed.put(test, reason) != null) {
          throw new IllegalArgumentException("listed twice: " + line);
        }
      }
    }
    return new NotYet(reasons);
  }

  /** The tests that do not pass yet in one configuration, and why. */
  Map<TestId, Reason> in(Configuration configuration) {
    return reasons.getOrDefault(configuration, Map.of());
  }

  private static Set<Configuration> configurations(Suite suite, String word) {
    if (word.equals("*")) {
      return Configuration.of(suite);
    }
    Set<Configuration> named = EnumSet.noneOf(Configuration.class);
    Arrays.stream(word.split(",")).map(Configuration::labelled).forEach(named::add);
    return named;
  }
}
