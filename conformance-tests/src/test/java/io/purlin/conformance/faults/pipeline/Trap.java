package io.purlin.conformance.faults.pipeline;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lets user code fail when it is told from outside, by a file that says {@code <place> <kind>
 * <times>}, and a word for the message when the failure is to differ from others. Each failure
 * counts down; at nought the file goes away. For any thread: the file is the only state.
 */
final class Trap implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String file;

  Trap(String file) {
    this.file = file;
  }

  /** Fails if the file wants it at this place. */
  void check(String place) {
    if (file.isEmpty()) {
      return;
    }
    Path path = Path.of(file);
    if (Files.exists(path)) {
      take(path, place);
    }
  }

  private static synchronized void take(Path path, String place) {
    String kind;
    String where;
    try {
      if (!Files.exists(path)) {
        return;
      }
      String[] words = Files.readString(path).strip().split(" ", -1);
      if (!words[0].equals(place)) {
        return;
      }
      kind = words[1];
      int times = Integer.parseInt(words[2]);
      String word = words.length > 3 ? " " + words[3] : "";
      where = place + word;
      if (times == 1) {
        Files.delete(path);
      } else {
        Files.writeString(path, words[0] + " " + kind + " " + (times - 1) + word);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    fail(kind, where);
  }

  private static void fail(String kind, String place) {
    switch (kind) {
      case "exception" -> throw new IllegalStateException("planted failure at " + place);
      case "no-class" -> throw new NoClassDefFoundError("planted/at/" + place);
      case "stack" -> recurse(0);
      case "memory" -> throw new OutOfMemoryError("planted at " + place);
      default -> throw new IllegalArgumentException("no such failure: " + kind);
    }
  }

  @SuppressWarnings("InfiniteRecursion") // that is what is asked for
  private static int recurse(int depth) {
    return recurse(depth + 1) + 1;
  }
}
