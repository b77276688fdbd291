package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.Folders;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import io.purlin.nativerunner.NativeRunnerTools;
import io.purlin.sdk.faults.KillPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Files of checkpoints are damaged while nothing runs. A restart must refuse and name the file, and
 * go on exactly once the file is back. The note that a checkpoint is committed is not needed where
 * Kafka says so: a restart does not use it, but whoever verifies is told.
 */
final class DamagedFiles {
  private static final int FLIPS = 1_000;
  private static final Duration REFUSAL = Duration.ofMinutes(1);

  /** With one alone no file would be shared by two; and there is no room for state on the heap. */
  private static final String[] SEVERAL = {
    "--numRetainedCheckpoints=3", "--stateBackend=rocksdb", "--stateMemory=1"
  };

  /** A runner that is killed may have just written everything anew. */
  private static final int MOST_LIVES = 10;

  private static final int RESULTS_SEEN = 20;

  private static final String OWN_STATE = "state";
  private static final String SHARED_STATE = "shared state";
  private static final List<String> KINDS =
      List.of(
          "MANIFEST",
          "COMMITTED",
          OWN_STATE,
          SHARED_STATE,
          "copied .sst",
          "copied CURRENT",
          "copied MANIFEST-");

  private DamagedFiles() {}

  static List<Row> rows() {
    return List.of(
        new ScriptedRow(
            "F18",
            "files of the checkpoint are cut short, missing, or too many",
            DamagedFiles::cut),
        new ScriptedRow(
            "F19",
            "1,000 bits are flipped or files cut, over all files of checkpoints",
            DamagedFiles::flips),
        new ScriptedRow(
            "F20", "the manifest is torn, stale or of another time", DamagedFiles::manifests),
        new ScriptedRow(
            "F21", "a file is replaced by one of the same size", DamagedFiles::replaced),
        new ScriptedRow(
            "F22",
            "the runner is killed while it deletes old checkpoints",
            DamagedFiles::deleting));
  }

  private static Path killed(Round round) {
    OwnProcess life = round.start();
    round.awaitProgress(life);
    round.kill(life);
    return job(round);
  }

  /** The newest committed checkpoint of a runner that was killed, with files of all kinds. */
  private static Path withAllKinds(Round round) {
    round.with(SEVERAL);
    Set<String> found = Set.of();
    for (int life = 0; life < MOST_LIVES; life++) {
      OwnProcess runner = round.start();
      for (int i = 0; i < RESULTS_SEEN; i++) {
        round.awaitProgress(runner);
      }
      round.kill(runner);
      Path newest = newestCommitted(round, job(round));
      found = oneOfEachKind(newest).keySet();
      if (found.containsAll(KINDS)) {
        return newest;
      }
    }
    throw new Violation("the checkpoint has only files of the kinds " + found);
  }

  private static Path job(Round round) {
    return round.place().checkpoints().resolve(round.place().job());
  }

  /** The newest checkpoint that a restart would take. */
  static Path newest(Path job) {
    return Folders.files(job).stream()
        .filter(file -> file.endsWith("MANIFEST"))
        .map(Path::getParent)
        .max((a, b) -> Long.compare(number(a), number(b)))
        .orElseThrow(() -> new Violation("no checkpoint in " + job));
  }

  static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
  }

  private static Verdict cut(Round round, Stage stage, Random random) {
    Path newest = withAllKinds(round);
    Path job = job(round);
    for (Path file : oneOfEachKind(newest).values()) {
      byte[] whole = read(file);
      for (int length : List.of(0, whole.length / 2, whole.length - 1)) {
        write(file, Arrays.copyOf(whole, length));
        if (verifies(job)) {
          throw new Violation(file + " has " + length + " bytes and nobody sees it");
        }
        if (length > 0 && isNeeded(file)) {
          refuses(round, file);
        }
      }
      delete(file);
      if (isNeeded(file)) {
        refuses(round, file);
      }
      write(file, whole);
    }
    // What nobody has written down harms nobody.
    write(newest.resolve("state-999999"), new byte[] {1, 2, 3});
    return round.finish(round.start());
  }

  /** The manifest, the note, a file of the checkpoint alone, and one shared with an older one. */
  private static Map<String, Path> oneOfEachKind(Path checkpoint) {
    Map<String, Path> kinds = new TreeMap<>();
    for (Path file : Folders.files(checkpoint)) {
      if (size(file) > 0) {
        kinds.putIfAbsent(kind(file), file);
      }
    }
    return kinds;
  }

  private static String kind(Path file) {
    String name = file.getFileName().toString();
    if (name.startsWith("copy-")) {
      return "copied " + name.replaceFirst("^copy-[0-9]+\\.", "").replaceAll("[0-9]", "");
    }
    return name.startsWith("state-") ? (isShared(file) ? SHARED_STATE : OWN_STATE) : name;
  }

  private static boolean isNeeded(Path file) {
    return !file.endsWith("COMMITTED");
  }

  private static boolean isShared(Path file) {
    try {
      return ((Integer) Files.getAttribute(file, "unix:nlink")) > 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a restart can restore is read again after each damage, byte by byte. */
  private static Verdict flips(Round round, Stage stage, Random random) {
    withAllKinds(round);
    Path job = job(round);
    List<Path> files =
        Folders.files(job).stream()
            .filter(file -> !file.endsWith("lock") && size(file) > 0)
            .filter(file -> Files.exists(file.resolveSibling("MANIFEST")))
            .toList();
    for (int i = 0; i < FLIPS; i++) {
      Path file = files.get(random.nextInt(files.size()));
      byte[] whole = read(file);
      int bit = random.nextInt(whole.length * 8);
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(4) == 0 ? bit / 8 : whole.length);
      if (damaged.length == whole.length) {
        damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      }
      write(file, damaged);
      if (verifies(job)) {
        throw new Violation(
            file
                + (damaged.length == whole.length
                    ? ": bit " + bit + " is flipped"
                    : " is cut to " + damaged.length + " bytes")
                + " and nobody sees it");
      }
      write(file, whole);
    }
    if (!verifies(job)) {
      throw new Violation("a checkpoint is said to be damaged, and is whole");
    }
    return round.finish(round.start());
  }

  private static Verdict manifests(Round round, Stage stage, Random random) {
    Path job = killed(round);
    Path manifest = newestCommitted(round, job).resolve("MANIFEST");
    byte[] whole = read(manifest);
    byte[] future = whole.clone();
    future[11]++;
    write(manifest, future);
    refuses(round, manifest);
    byte[] twice = Arrays.copyOf(whole, whole.length * 2);
    System.arraycopy(whole, 0, twice, whole.length, whole.length);
    write(manifest, twice);
    refuses(round, manifest);
    byte[] torn = whole.clone();
    Arrays.fill(torn, whole.length / 2, whole.length, (byte) 0);
    write(manifest, torn);
    refuses(round, manifest);
    write(manifest, whole);
    // What a crash may leave behind harms nobody.
    write(manifest.resolveSibling("MANIFEST.tmp"), Arrays.copyOf(whole, whole.length / 2));
    Path stale = job.resolve("chk-" + (number(newest(job)) + 1));
    Folders.copy(newest(job), stale);
    delete(stale.resolve("MANIFEST"));
    delete(stale.resolve("COMMITTED"));
    return round.finish(round.start());
  }

  private static Verdict replaced(Round round, Stage stage, Random random) {
    Path file =
        Folders.files(withAllKinds(round)).stream()
            .filter(each -> kind(each).equals(SHARED_STATE) && size(each) > 0)
            .findFirst()
            .orElseThrow(() -> new Violation("no file of the checkpoint is shared"));
    byte[] whole = read(file);
    byte[] other = new byte[whole.length];
    random.nextBytes(other);
    write(file, other);
    refuses(round, file);
    write(file, whole);
    return round.finish(round.start());
  }

  private static Verdict deleting(Round round, Stage stage, Random random) {
    killed(round);
    for (int i = 0; i < 4; i++) {
      KillPoints.endAt(KillPoint.DELETING, round, stage, random);
      if (!verifies(job(round))) {
        throw new Violation("a checkpoint is damaged after a crash while another was deleted");
      }
    }
    OwnProcess life = round.start();
    round.awaitProgress(life);
    try (Stream<Path> entries = Files.list(job(round))) {
      List<Path> left =
          entries.filter(each -> each.getFileName().toString().startsWith("trash-")).toList();
      if (left.size() > 1) {
        throw new Violation("what an earlier run was deleting is still there: " + left);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return round.finish(life);
  }

  /**
   * Makes sure that the newest checkpoint is the one that Kafka names: a start that is ended before
   * its first own checkpoint notes that, and deletes what was only prepared.
   */
  private static Path newestCommitted(Round round, Path job) {
    OwnProcess life =
        round.start("-D" + KillPoint.PROPERTY + "=" + KillPoint.RESTORED.code() + ":1");
    round.expectExit(life, OwnProcess.KILLED, REFUSAL);
    return newest(job);
  }

  private static void refuses(Round round, Path file) {
    OwnProcess life = round.start();
    int code = life.awaitEnd(REFUSAL).orElse(0);
    String log = life.log();
    if (code == 0 || !(log.contains(file.toString()) || log.contains("lacks checkpoint"))) {
      throw new Violation(
          file
              + " is damaged; the runner should end with an error that names it\n"
              + life.logTail());
    }
  }

  /** Fails unless every checkpoint that is finished is whole. */
  static void requireWhole(Round round) {
    if (!verifies(job(round))) {
      throw new Violation("a finished checkpoint is damaged");
    }
  }

  private static boolean verifies(Path job) {
    try {
      return new NativeRunnerTools().verifyCheckpoints(job).whole();
    } catch (IOException e) {
      // As damaged as what it holds.
      return false;
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, byte[] bytes) {
    try {
      // Another checkpoint may share the file: it must not change there.
      Files.deleteIfExists(file);
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
