package io.purlin.directrunner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What one run made: by name, the elements of each captured collection, in no order.
 *
 * @param byName every captured collection, also empty ones
 */
public record CapturedOutputs(Map<String, List<CanonicalElement>> byName) {
  /**
   * The elements of one collection, in no order.
   *
   * @throws IllegalArgumentException if nothing was captured by that name
   */
  public List<CanonicalElement> of(String name) {
    List<CanonicalElement> elements = byName.get(name);
    if (elements == null) {
      throw new IllegalArgumentException(
          "nothing was captured as '" + name + "', but " + byName.keySet());
    }
    return elements;
  }

  /** The same outputs without panes, to compare where runners may fire differently. */
  public CapturedOutputs withoutPanes() {
    UnaryOperator<List<CanonicalElement>> strip =
        elements -> elements.stream().map(CanonicalElement::withoutPane).toList();
    Map<String, List<CanonicalElement>> stripped = new LinkedHashMap<>();
    byName.forEach((name, elements) -> stripped.put(name, strip.apply(elements)));
    return new CapturedOutputs(stripped);
  }

  /**
   * How another run differs from this one, one line for each element that one has more often than
   * the other; empty if both made the same.
   */
  public List<String> differences(CapturedOutputs other) {
    TreeSet<String> names = new TreeSet<>(byName.keySet());
    names.addAll(other.byName.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      List<CanonicalElement> here = byName.getOrDefault(name, List.of());
      List<CanonicalElement> there = other.byName.getOrDefault(name, List.of());
      Map<CanonicalElement, Integer> balance = new LinkedHashMap<>();
      here.forEach(element -> balance.merge(element, 1, Integer::sum));
      there.forEach(element -> balance.merge(element, -1, Integer::sum));
      balance.forEach(
          (element, count) -> {
            if (count != 0) {
              String missing = count > 0 ? "missing " : "too many ";
              differences.add(name + ": " + missing + Math.abs(count) + " of " + element);
            }
          });
    }
    return differences;
  }
}
