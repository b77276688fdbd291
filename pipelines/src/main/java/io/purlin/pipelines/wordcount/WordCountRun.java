package io.purlin.pipelines.wordcount;

import io.purlin.pipelines.job.JobRun;
import io.purlin.pipelines.job.Progress;
import io.purlin.pipelines.job.RunMetrics;
import io.purlin.pipelines.job.Summary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * One counting of words. It is correct when the files written hold, word for word, what a plain
 * loop over the input counts, each word once.
 */
record WordCountRun(Pipeline pipeline, List<MatchResult.Metadata> input, String output)
    implements JobRun {
  private static final int SHOWN = 5;

  @Override
  public Progress progress(PipelineResult result) {
    long lines = new RunMetrics(result).count(WordCount.class, WordCount.LINES);
    return new Progress(lines, 0, OptionalLong.empty());
  }

  @Override
  public Summary check(PipelineResult result) {
    Map<String, Long> expected = new HashMap<>();
    TextFiles.eachLine(
        input, line -> Words.of(line).forEach(word -> expected.merge(word, 1L, Long::sum)));
    Map<String, Long> written = new HashMap<>();
    List<String> twice = new ArrayList<>();
    String pattern = WordCount.filesOf(output);
    TextFiles.eachLine(
        TextFiles.matching("--output", pattern),
        line -> {
          int colon = line.lastIndexOf(": ");
          String word = line.substring(0, colon);
          if (written.put(word, Long.valueOf(line.substring(colon + 2))) != null) {
            twice.add(word);
          }
        });
    boolean correct = twice.isEmpty() && written.equals(expected);
    return new Summary(correct, lines(expected, written, pattern, correct));
  }

  private static List<String> lines(
      Map<String, Long> expected, Map<String, Long> written, String pattern, boolean correct) {
    List<String> lines = new ArrayList<>();
    lines.add("words         " + expected.values().stream().mapToLong(Long::longValue).sum());
    lines.add("distinct      " + expected.size() + ", written " + written.size());
    lines.add("output        " + pattern);
    expected.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SHOWN)
        .forEach(entry -> lines.add("most frequent " + entry.getKey() + ": " + entry.getValue()));
    lines.add(
        correct
            ? "the counts are those of a plain loop over the input"
            : "the counts are NOT those of a plain loop over the input");
    return lines;
  }
}
