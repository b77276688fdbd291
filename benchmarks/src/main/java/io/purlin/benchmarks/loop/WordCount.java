package io.purlin.benchmarks.loop;

import io.purlin.benchmarks.ready.Results;
import io.purlin.benchmarks.side.Tally;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How often each word is in the files of a folder. */
final class WordCount implements Runnable {
  private final Map<String, Counter> counts = new HashMap<>();
  private final List<Path> files;

  WordCount(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void run() {
    for (Path each : files) {
      try (BufferedReader lines = Files.newBufferedReader(each)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          for (String word : line.split(" ", -1)) {
            counts.computeIfAbsent(word, unknown -> new Counter()).count++;
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    long hash = 0;
    for (Map.Entry<String, Counter> each : counts.entrySet()) {
      hash += Results.hash(each.getKey(), each.getValue().count);
    }
    Tally.results(counts.size(), hash);
  }

  private static final class Counter {
    long count;
  }
}
