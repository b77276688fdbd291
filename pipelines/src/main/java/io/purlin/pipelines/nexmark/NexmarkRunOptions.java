package io.purlin.pipelines.nexmark;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.StreamingOptions;

/** Options of the Nexmark queries. {@code --streaming} chooses the unbounded source. */
public interface NexmarkRunOptions extends StreamingOptions {
  @Description("Which query: 0 to 12. 0 to 9 are checked against a model.")
  @Default.Integer(5)
  int getQuery();

  void setQuery(int query);

  @Description("How many events to generate: 1 to 1000000000.")
  @Default.Long(100_000)
  long getEvents();

  void setEvents(long events);
}
