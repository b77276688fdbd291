package io.purlin.pipelines.wordcount;

import io.purlin.pipelines.job.UserError;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Text files on whatever file systems Beam knows. */
final class TextFiles {
  private TextFiles() {}

  /**
   * The files that {@code pattern} names.
   *
   * @throws UserError when there are none
   */
  static List<MatchResult.Metadata> matching(String option, String pattern) {
    List<MatchResult.Metadata> files = find(pattern);
    if (files.isEmpty()) {
      throw new UserError(option + "=" + pattern + ": there is no such file.");
    }
    return files;
  }

  /** Whether {@code pattern} names any file. */
  static boolean exist(String pattern) {
    return !find(pattern).isEmpty();
  }

  private static List<MatchResult.Metadata> find(String pattern) {
    try {
      return FileSystems.match(pattern).metadata();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(pattern + " cannot be read: " + e.getMessage(), e);
    }
  }

  static void eachLine(List<MatchResult.Metadata> files, Consumer<String> receiver) {
    for (MatchResult.Metadata file : files) {
      try (BufferedReader reader =
          new BufferedReader(
              Channels.newReader(FileSystems.open(file.resourceId()), StandardCharsets.UTF_8))) {
        reader.lines().forEach(receiver);
      } catch (IOException e) {
        throw new UserError("Cannot read " + file.resourceId() + ": " + e.getMessage(), e);
      }
    }
  }
}
