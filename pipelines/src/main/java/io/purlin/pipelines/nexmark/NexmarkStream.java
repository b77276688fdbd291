package io.purlin.pipelines.nexmark;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.nexmark.NexmarkConfiguration;
import org.apache.beam.sdk.nexmark.NexmarkUtils;
import org.apache.beam.sdk.nexmark.model.Event;
import org.apache.beam.sdk.nexmark.model.KnownSize;
import org.apache.beam.sdk.values.PCollection;

/** The events of Nexmark and a query over them, with nothing added. */
public final class NexmarkStream {
  private NexmarkStream() {}

  /**
   * Reads generated events.
   *
   * @param events how many, from 1
   * @param unbounded whether the source is an unbounded one
   */
  public static PCollection<Event> read(Pipeline pipeline, long events, boolean unbounded) {
    NexmarkUtils.setupPipeline(NexmarkUtils.CoderStrategy.HAND, pipeline);
    NexmarkConfiguration config = config(events);
    return pipeline.apply(
        "Events",
        unbounded
            ? NexmarkUtils.streamEventsSource(config)
            : NexmarkUtils.batchEventsSource(config));
  }

  /**
   * Applies a query.
   *
   * @param query 0 to 12
   * @param events how many events the source has
   */
  public static PCollection<? extends KnownSize> query(
      int query, long events, PCollection<Event> source) {
    return source.apply(NexmarkQuery.of(query, config(events)).transform());
  }

  /** The suite's defaults, of one generator: the models follow the events of one. */
  static NexmarkConfiguration config(long events) {
    NexmarkConfiguration config = NexmarkConfiguration.DEFAULT.copy();
    config.numEvents = events;
    config.numEventGenerators = 1;
    return config;
  }
}
