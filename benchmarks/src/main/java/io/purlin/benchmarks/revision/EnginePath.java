package io.purlin.benchmarks.revision;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The class path of a process that runs our programs on another build of the engine. Only the
 * engine is exchanged, so that a work that is new can be played on an engine that is old.
 */
public final class EnginePath {
  /** Jars of the modules that run a pipeline; services of two builds must not be found together. */
  private static final Pattern ENGINE =
      Pattern.compile("purlin-(sdk|state|runner-native|io-kafka)-.*\\.jar");

  private EnginePath() {}

  /**
   * Replaces the engine in a class path.
   *
   * @param own the class path of programs with their engine
   * @param engine that of the other build of the engine with all it needs; it comes first, since
   *     libraries may have had other versions
   * @throws IllegalArgumentException when either has no engine
   */
  public static String of(String own, String engine) {
    List<String> entries = entries(engine);
    if (entries.stream().noneMatch(EnginePath::isEngine)) {
      throw new IllegalArgumentException("no jar of an engine in " + engine);
    }
    List<String> others = entries(own);
    if (!others.removeIf(EnginePath::isEngine)) {
      throw new IllegalArgumentException("no jar of an engine in " + own);
    }
    others.removeAll(entries);
    entries.addAll(others);
    return String.join(File.pathSeparator, entries);
  }

  private static List<String> entries(String classPath) {
    return new ArrayList<>(List.of(classPath.strip().split(File.pathSeparator, -1)));
  }

  private static boolean isEngine(String entry) {
    return ENGINE.matcher(String.valueOf(Path.of(entry).getFileName())).matches();
  }
}
