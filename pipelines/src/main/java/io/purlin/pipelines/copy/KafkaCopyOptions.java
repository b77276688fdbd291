package io.purlin.pipelines.copy;

import io.purlin.pipelines.job.KafkaOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;

/** Options of {@link KafkaCopy}. */
public interface KafkaCopyOptions extends KafkaOptions {
  @Description("Topic to read. Without one, a new topic is filled with --records records.")
  @Nullable String getInputTopic();

  void setInputTopic(@Nullable String topic);

  @Description("Topic to write. Without one, a new topic is created.")
  @Nullable String getOutputTopic();

  void setOutputTopic(@Nullable String topic);

  @Description("How many records to generate when no --inputTopic is given: 1 to 100000000.")
  @Default.Integer(100_000)
  int getRecords();

  void setRecords(int records);

  @Description(
      "true: copies what the topic holds when the run starts, then ends. false: copies until stopped.")
  @Default.Boolean(true)
  boolean getStopAtEnd();

  void setStopAtEnd(boolean stop);
}
