package io.purlin.benchmarks.datastream;

import io.purlin.benchmarks.ready.InputSpec;
import io.purlin.benchmarks.ready.Results;
import io.purlin.benchmarks.side.Tally;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.GlobalWindows;
import org.apache.flink.streaming.api.windowing.windows.GlobalWindow;
import org.apache.flink.util.Collector;

/**
 * How often each word is in a text. In streaming mode, which keeps the counts in a hash table: in
 * batch mode Flink sorts the words.
 */
final class WordStream {
  private WordStream() {}

  static void count(StreamExecutionEnvironment environment, InputSpec input) {
    environment
        .fromSource(
            FileSource.forRecordStreamFormat(
                    new TextLineInputFormat(), Path.fromLocalFile(input.text().toFile()))
                .build(),
            WatermarkStrategy.noWatermarks(),
            "Lines")
        .flatMap(new Split())
        .keyBy(word -> word)
        .window(GlobalWindows.createWithEndOfStreamTrigger())
        .aggregate(new CountAggregate<>(), new WordHash())
        .sinkTo(new TallySink<>(hash -> hash));
  }

  /** Takes lines apart. */
  private static final class Split extends RichFlatMapFunction<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void open(OpenContext context) {
      Tally.reading();
    }

    @Override
    public void flatMap(String line, Collector<String> out) {
      for (String word : line.split(" ", -1)) {
        out.collect(word);
      }
    }
  }

  /** What the count of a word adds to the hash. */
  private static final class WordHash
      extends ProcessWindowFunction<Long, Long, String, GlobalWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void process(String word, Context context, Iterable<Long> counts, Collector<Long> out) {
      for (Long count : counts) {
        out.collect(Results.hash(word, count));
      }
    }
  }
}
