package io.purlin.nativerunner.checkpoint.storage;

import io.purlin.sdk.connector.CheckpointId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names within a job's directory. */
final class JobLayout {
  static final String LOCK = "lock";
  static final String MANIFEST = "MANIFEST";
  static final String COMMITTED = "COMMITTED";

  /** Of a directory that is being deleted: nothing in it counts any more. */
  static final String TRASH = "trash-";

  /** Of what is left of a checkpoint that was found damaged; nobody but people reads it. */
  static final String DAMAGED = "damaged-";

  private static final Pattern CHECKPOINT = Pattern.compile("chk-(0|[1-9][0-9]{0,17})");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");

  private JobLayout() {}

  static Path checkpoint(Path job, long number) {
    return job.resolve("chk-" + number);
  }

  static Path checkpoint(Path job, CheckpointId id) {
    return checkpoint(job, id.number());
  }

  /** The number of a checkpoint's directory; nothing for any other name. */
  static OptionalLong number(String name) {
    Matcher matcher = CHECKPOINT.matcher(name);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /** Numbers of the checkpoints that have a file of this name; of all for an empty name. */
  static NavigableSet<Long> numbers(CheckpointFiles files, Path job, String file)
      throws IOException {
    NavigableSet<Long> numbers = new TreeSet<>();
    for (String each : files.list(job)) {
      OptionalLong number = number(each);
      if (number.isPresent() && (file.isEmpty() || files.exists(job.resolve(each).resolve(file)))) {
        numbers.add(number.getAsLong());
      }
    }
    return numbers;
  }

  /** Whether a name can be one of a task's file: no path, no hidden file, none of ours. */
  static boolean isPlain(String name) {
    return PLAIN.matcher(name).matches()
        && !name.endsWith(SealedFile.UNFINISHED)
        && !name.equals(MANIFEST)
        && !name.equals(COMMITTED);
  }

  /** The directories from below the root to one, itself included. */
  static List<Path> way(Path directory) {
    List<Path> way = new ArrayList<>();
    for (Path each = directory; each.getParent() != null; each = parent(each)) {
      way.add(0, each);
    }
    return way;
  }

  /** A job's directory; letters that are no good in a name become % and their number. */
  static Path job(Path checkpointDir, String jobName) {
    StringBuilder name = new StringBuilder();
    for (byte each : jobName.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (each & 0xFF);
      boolean plain =
          (letter >= '0' && letter <= '9')
              || (letter >= 'a' && letter <= 'z')
              || (letter >= 'A' && letter <= 'Z')
              || letter == '-'
              || letter == '_'
              || (letter == '.' && !name.isEmpty());
      name.append(plain ? String.valueOf(letter) : String.format("%%%02X", (int) letter));
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a job without a name has no directory");
    }
    return checkpointDir.resolve(name.toString());
  }

  static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " has no directory");
    }
    return parent;
  }
}
