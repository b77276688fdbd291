package io.purlin.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Describes a part of a snapshot, completely enough to tell whether it can still be read.
 *
 * @param name full name of the step, then what it is there; unique in a job
 * @param kind what its frames hold; changes when their format does
 * @param prints by what it is, such as "key coder": the form it has, as text
 */
public record PartSpec(String name, String kind, Map<String, String> prints) {
  /** Copies the map, keeping its order. */
  public PartSpec {
    prints = Collections.unmodifiableMap(new LinkedHashMap<>(prints));
  }

  /**
   * Makes sure that what was stored can be read as this.
   *
   * @throws IncompatibleStateException naming everything that has changed
   */
  public void accept(PartSpec stored) throws IncompatibleStateException {
    StringBuilder changes = new StringBuilder();
    if (!kind.equals(stored.kind)) {
      changes.append("; it was ").append(stored.kind).append(" and is ").append(kind);
    }
    TreeSet<String> all = new TreeSet<>(prints.keySet());
    all.addAll(stored.prints.keySet());
    for (String each : all) {
      String was = stored.prints.getOrDefault(each, "none");
      String is = prints.getOrDefault(each, "none");
      if (!was.equals(is)) {
        changes.append("; ").append(each).append(" was ").append(was).append(" and is ").append(is);
      }
    }
    if (!changes.isEmpty()) {
      throw new IncompatibleStateException("stored state " + name + " cannot be read" + changes);
    }
  }
}
