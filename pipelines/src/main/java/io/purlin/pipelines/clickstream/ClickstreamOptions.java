package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.job.KafkaOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;

/** Options of {@link Clickstream}. */
public interface ClickstreamOptions extends KafkaOptions {
  @Description(
      "How many clicks to generate: 1 to 100000000. Default 1000000, on the DirectRunner 20000, on the"
          + " FlinkRunner 100000.")
  @Nullable Integer getClicks();

  void setClicks(@Nullable Integer clicks);

  @Description("The seed of the generated clicks: the same seed gives the same clicks.")
  @Default.Long(1)
  long getSeed();

  void setSeed(long seed);

  @Description(
      "Topic to read. With one, nothing is generated and nothing checked: it is read from its"
          + " beginning, or from where --groupId is, until the run is stopped.")
  @Nullable String getClicksTopic();

  void setClicksTopic(@Nullable String topic);

  @Description(
      "Consumer group that is told after each checkpoint how far the clicks are read, and where"
          + " reading begins if it has been told before. A checkpoint to go on from wins. Without"
          + " one, no group is told.")
  @Nullable String getGroupId();

  void setGroupId(@Nullable String group);

  @Description("Topic for page views. Without one, a new topic is created.")
  @Nullable String getPageViewsTopic();

  void setPageViewsTopic(@Nullable String topic);

  @Description("Topic for sessions. Without one, a new topic is created.")
  @Nullable String getSessionsTopic();

  void setSessionsTopic(@Nullable String topic);

  @Description(
      "The watermark stays this far behind the newest click, in ms of event time: 0 to 3600000.")
  @Default.Long(5_000)
  long getOutOfOrderMillis();

  void setOutOfOrderMillis(long millis);

  @Description(
      "A click that arrives later than this after it happened is dropped, in ms: 0 to 86400000."
          + " Windows are kept an hour longer.")
  @Default.Long(1_800_000)
  long getAllowedDelayMillis();

  void setAllowedDelayMillis(long millis);

  @Description("A session ends when its user has not clicked for this long, in ms: 1 to 86400000.")
  @Default.Long(600_000)
  long getSessionGapMillis();

  void setSessionGapMillis(long millis);

  @Description(
      "Page views of a minute that is not over are shown this long after the first new click, in ms"
          + " of processing time: 1 to 86400000.")
  @Default.Long(1_000)
  long getEarlyFiringMillis();

  void setEarlyFiringMillis(long millis);
}
