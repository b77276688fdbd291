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

/**
 * The tests that do not pass yet: lines of {@code Class#method configurations reason}, where
 * configurations is {@code *} or a list such as {@code p4,p4-streaming}.
 *
 * @param reasons by configuration, the listed tests with the reason of each
 */
record NotYet(Map<Configuration, Map<TestId, String>> reasons) {
  private static final String FILE = "/not-yet.txt";

  static NotYet read() throws IOException {
    try (InputStream in = NotYet.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IOException(FILE + " is missing");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /**
   * Reads the list.
   *
   * @throws IllegalArgumentException naming the line that is not an entry, has no reason, or
   *     repeats another
   */
  static NotYet parse(String text) {
    Map<Configuration, Map<TestId, String>> reasons = new EnumMap<>(Configuration.class);
    for (Configuration configuration : Configuration.values()) {
      reasons.put(configuration, new TreeMap<>());
    }
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      List<String> words = List.of(line.split("\\s+", 3));
      if (words.size() < 3) {
        throw new IllegalArgumentException("not 'Class#method configurations reason': " + line);
      }
      TestId test = TestId.parse(words.get(0));
      for (Configuration configuration : configurations(words.get(1))) {
        Map<TestId, String> listed = reasons.getOrDefault(configuration, Map.of());
        if (listed.put(test, words.get(2)) != null) {
          throw new IllegalArgumentException("listed twice: " + line);
        }
      }
    }
    return new NotYet(reasons);
  }

  /** The tests that do not pass yet in one configuration, and why. */
  Map<TestId, String> in(Configuration configuration) {
    return reasons.getOrDefault(configuration, Map.of());
  }

  private static Set<Configuration> configurations(String word) {
    if (word.equals("*")) {
      return EnumSet.allOf(Configuration.class);
    }
    Set<Configuration> named = EnumSet.noneOf(Configuration.class);
    Arrays.stream(word.split(",")).map(Configuration::labelled).forEach(named::add);
    return named;
  }
}
