package io.purlin.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.beam.sdk.util.VarInt;

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

  /** Writes it as snapshots have it. */
  void writeTo(OutputStream out) throws IOException {
    text(kind, out);
    text(name, out);
    VarInt.encode(prints.size(), out);
    for (Map.Entry<String, String> each : prints.entrySet()) {
      text(each.getKey(), out);
      text(each.getValue(), out);
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  static PartSpec read(InputStream in) throws IOException {
    String kind = text(in);
    String name = text(in);
    int count = VarInt.decodeInt(in);
    Map<String, String> prints = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String what = text(in);
      prints.put(what, text(in));
    }
    return new PartSpec(name, kind, prints);
  }

  private static void text(String text, OutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    VarInt.encode(bytes.length, out);
    out.write(bytes);
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readNBytes(VarInt.decodeInt(in)), StandardCharsets.UTF_8);
  }
}
