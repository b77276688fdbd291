package io.purlin.pipelines.nexmark;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.nexmark.NexmarkConfiguration;
import org.apache.beam.sdk.nexmark.NexmarkUtils;
import org.apache.beam.sdk.nexmark.model.Event;
import org.apache.beam.sdk.nexmark.model.KnownSize;
import org.apache.beam.sdk.nexmark.queries.NexmarkQueryModel;
import org.apache.beam.sdk.nexmark.queries.NexmarkQueryTransform;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;

/** Builds the pipeline of one query, with the comparison with its model at the end. */
public final class NexmarkPipeline {
  /** The counter of events read. */
  public static final String EVENTS = "events";

  static final String RESULTS = "results";

  private NexmarkPipeline() {}

  /**
   * The pipeline of a query. It fails when the results are not the model's.
   *
   * @param query 0 to 12; 10 to 12 have no model and are only run
   * @param events how many events to generate
   * @param unbounded whether the events come from an unbounded source
   */
  public static Pipeline build(PipelineOptions options, int query, long events, boolean unbounded) {
    return build(options, expect(query, events), unbounded);
  }

  /**
   * A query and what its results should be: for several runs, as some models take a minute.
   *
   * @param query 0 to 12
   * @param events how many events to generate
   */
  public static ExpectedQuery<?> expect(int query, long events) {
    return expect(query, NexmarkStream.config(events));
  }

  /** The same of events that are configured otherwise. */
  public static ExpectedQuery<?> expect(int query, NexmarkConfiguration config) {
    return ExpectedQuery.of(NexmarkQuery.of(query, config), config);
  }

  /** The same with a model made elsewhere. */
  public static <T extends KnownSize> ExpectedQuery<T> expect(
      NexmarkQueryTransform<T> query, NexmarkQueryModel<T> model, NexmarkConfiguration config) {
    return ExpectedQuery.of(new NexmarkQuery<>(query, model), config);
  }

  /** The pipeline of a query whose results are known. */
  public static Pipeline build(PipelineOptions options, ExpectedQuery<?> query, boolean unbounded) {
    NexmarkConfiguration config = query.config();
    Pipeline pipeline = Pipeline.create(options);
    NexmarkUtils.setupPipeline(NexmarkUtils.CoderStrategy.HAND, pipeline);
    PCollection<Event> source =
        pipeline
            .apply(
                "Events",
                unbounded
                    ? NexmarkUtils.streamEventsSource(config)
                    : NexmarkUtils.batchEventsSource(config))
            .apply("CountEvents", ParDo.of(new CountElements<>(EVENTS)))
            .setCoder(Event.CODER);
    apply(query, source);
    return pipeline;
  }

  /** Whether the query's results are compared with a model. */
  static boolean hasModel(int query) {
    return NexmarkQuery.of(query, NexmarkConfiguration.DEFAULT).model() != null;
  }

  private static <T extends KnownSize> void apply(
      ExpectedQuery<T> query, PCollection<Event> events) {
    PCollection<T> results = events.apply(query.query().transform());
    PCollection<TimestampedValue<T>> stamped =
        results
            .apply("CountResults", ParDo.of(new CountElements<>(RESULTS)))
            .setCoder(results.getCoder())
            .apply("Stamp", ParDo.of(new Stamp<>()))
            .setCoder(TimestampedValue.TimestampedValueCoder.of(results.getCoder()));
    var assertion = query.assertion();
    if (assertion != null) {
      PAssert.that(stamped).satisfies(assertion);
    }
  }

  /** Counts what passes. */
  private static final class CountElements<T> extends DoFn<T, T> {
    private static final long serialVersionUID = 1L;

    private final Counter counter;

    CountElements(String name) {
      this.counter = Metrics.counter(NexmarkPipeline.class, name);
    }

    @ProcessElement
    public void process(@Element T element, OutputReceiver<T> out) {
      counter.inc();
      out.output(element);
    }
  }

  /** Makes a result's timestamp part of it, as the models compare it. */
  private static final class Stamp<T> extends DoFn<T, TimestampedValue<T>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element T result, @Timestamp Instant timestamp, OutputReceiver<TimestampedValue<T>> out) {
      out.output(TimestampedValue.of(result, timestamp));
    }
  }
}
