package io.purlin.benchmarks.datastream;

import io.purlin.benchmarks.ready.Click;
import io.purlin.benchmarks.ready.InputSpec;
import io.purlin.benchmarks.ready.Results;
import io.purlin.benchmarks.ready.Work;
import io.purlin.benchmarks.side.Side;
import io.purlin.benchmarks.side.Tally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.nexmark.model.AuctionPrice;
import org.apache.beam.sdk.nexmark.model.Bid;
import org.apache.beam.sdk.nexmark.model.Event;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * A work on Flink: {@code DataStreamProgram <work> <parallelism> [key=value ...]}, where the rest
 * is Flink's configuration. For each line {@code <elements>} on standard input it runs once and
 * answers with the run's figures.
 */
public final class DataStreamProgram {
  private DataStreamProgram() {}

  /** Ends when its input ends. */
  public static void main(String[] args) {
    Work work = Work.valueOf(args[0]);
    int parallelism = Integer.parseInt(args[1]);
    Map<String, String> settings = new HashMap<>();
    for (int i = 2; i < args.length; i++) {
      String[] parts = args[i].split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    Side.serve(
        request -> {
          InputSpec input = new InputSpec(work.input(), Integer.parseInt(request));
          // What is read exists before the clock starts.
          input.prepare();
          Tally.reset();
          StreamExecutionEnvironment environment =
              StreamExecutionEnvironment.createLocalEnvironment(
                  parallelism, Configuration.fromMap(settings));
          environment.getConfig().enableObjectReuse();
          build(environment, work, input, parallelism);
          environment.execute(work.name());
          return Tally.figures();
        });
  }

  private static void build(
      StreamExecutionEnvironment environment, Work work, InputSpec input, int parallelism) {
    // Lambdas, no method references: those of one method are taken for one another when they are
    // deserialized, whatever their types.
    switch (work) {
      case Q00 ->
          events(environment, input, parallelism)
              .map(DataStreamProgram::throughCoder)
              .returns(Event.class)
              .sinkTo(new TallySink<>(event -> Results.hash(event)));
      case Q01 ->
          events(environment, input, parallelism)
              .filter(event -> event.bid != null)
              .map(event -> inEuros(event.bid))
              .returns(Bid.class)
              .sinkTo(new TallySink<>(bid -> Results.hash(bid)));
      case Q02 ->
          events(environment, input, parallelism)
              .filter(event -> event.bid != null && event.bid.auction % 123 == 0)
              .map(event -> new AuctionPrice(event.bid.auction, event.bid.price))
              .returns(AuctionPrice.class)
              .sinkTo(new TallySink<>(price -> Results.hash(price)));
      case KEYED_COUNT, KEYED_COUNT_ROCKSDB, HOT_KEY ->
          count(
              environment, input, parallelism, TumblingEventTimeWindows.of(Duration.ofSeconds(10)));
      case SLIDING_COUNT ->
          count(
              environment,
              input,
              parallelism,
              SlidingEventTimeWindows.of(Duration.ofSeconds(60), Duration.ofSeconds(1)));
      case JOIN ->
          clicks(environment, input, parallelism)
              .keyBy(Click::user)
              .process(new ProfileJoin())
              .sinkTo(new TallySink<>(hash -> hash));
      case WORD_COUNT -> WordStream.count(environment, input);
      default -> throw new IllegalArgumentException(work + " is not written for Flink");
    }
  }

  private static DataStream<Event> events(
      StreamExecutionEnvironment environment, InputSpec input, int parallelism) {
    return environment.fromSource(
        source(new Decode<>(input, parallelism), TypeInformation.of(Event.class), input.size()),
        WatermarkStrategy.noWatermarks(),
        "Events");
  }

  /** Users, with the times of their clicks as timestamps. */
  private static void count(
      StreamExecutionEnvironment environment,
      InputSpec input,
      int parallelism,
      WindowAssigner<Object, TimeWindow> windows) {
    clicks(environment, input, parallelism)
        .map(Click::user)
        .returns(Types.LONG)
        .keyBy(user -> user)
        .window(windows)
        .aggregate(new CountAggregate<>(), new WindowHash())
        .sinkTo(new TallySink<>(hash -> hash));
  }

  private static DataStream<Click> clicks(
      StreamExecutionEnvironment environment, InputSpec input, int parallelism) {
    return environment.fromSource(
        source(
            new Decode<Click>(input, parallelism),
            TypeInformation.of(new TypeHint<Click>() {}),
            input.size()),
        WatermarkStrategy.<Click>forMonotonousTimestamps()
            .withTimestampAssigner((click, before) -> click.millis()),
        "Clicks");
  }

  private static <T> DataGeneratorSource<T> source(
      Decode<T> decode, TypeInformation<T> type, long elements) {
    return new DataGeneratorSource<>(decode, elements, type);
  }

  private static Event throughCoder(Event event) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Event.CODER.encode(event, bytes);
    return Event.CODER.decode(new ByteArrayInputStream(bytes.toByteArray()));
  }

  private static Bid inEuros(Bid bid) {
    return new Bid(bid.auction, bid.bidder, (bid.price * 89) / 100, bid.dateTime, bid.extra);
  }
}
