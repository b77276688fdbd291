package io.purlin.conformance.faults.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a runner's process holds, seen from outside.
 *
 * @param threads of the process, but for those of the compiler, which come and go
 * @param files that it has open, sockets among them
 * @param directories below the places where it keeps state and checkpoints
 */
public record Traces(long threads, long files, long directories) {
  /** Looks. */
  public static Traces of(OwnProcess life, Round.Place place) {
    Path process = Path.of("/proc", Long.toString(life.pid()));
    return new Traces(
        count(process.resolve("task"), Traces::isNoCompiler),
        count(process.resolve("fd"), each -> true),
        directories(place.state()) + directories(place.checkpoints()));
  }

  private static boolean isNoCompiler(Path thread) {
    try {
      return !Files.readString(thread.resolve("comm")).contains("Compiler");
    } catch (IOException e) {
      // It has ended meanwhile.
      return false;
    }
  }

  private static long count(Path folder, Predicate<Path> which) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(which).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checkpoints come and go while it looks: what has gone does not count. */
  private static long directories(Path folder) {
    try (Stream<Path> jobs = Files.list(folder)) {
      long count = 0;
      for (Path job : jobs.toList()) {
        try (Stream<Path> below = Files.list(job)) {
          count += 1 + below.filter(Files::isDirectory).count();
        } catch (IOException e) {
          // It has gone meanwhile.
        }
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The larger of each. */
  public Traces most(Traces other) {
    return new Traces(
        Math.max(threads, other.threads),
        Math.max(files, other.files),
        Math.max(directories, other.directories));
  }

  /** The smaller of each. */
  public Traces least(Traces other) {
    return new Traces(
        Math.min(threads, other.threads),
        Math.min(files, other.files),
        Math.min(directories, other.directories));
  }

  /** Whether nothing is more than in the other. */
  public boolean isWithin(Traces other) {
    return most(other).equals(other);
  }

  @Override
  public String toString() {
    return threads + " threads, " + files + " open files, " + directories + " directories";
  }
}
