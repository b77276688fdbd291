package io.purlin.conformance.faults.pipeline;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** What the job is told beside the runner's options. */
public interface FaultOptions extends PipelineOptions {
  /** The broker. */
  @Description("Address of the broker.")
  @Validation.Required
  String getBootstrapServers();

  /** Sets the broker. */
  void setBootstrapServers(String value);

  /** The topic that is read. */
  @Description("Topic that is read until each partition has its end mark.")
  @Validation.Required
  String getFrom();

  /** Sets the topic that is read. */
  void setFrom(String value);

  /** The topic that is written. */
  @Description("Topic that is written.")
  @Validation.Required
  String getTo();

  /** Sets the topic that is written. */
  void setTo(String value);

  /** Where the job finds out whether to fail. */
  @Description(
      "File that holds a place and a kind of failure, such as 'process exception': the next"
          + " element that comes there takes the file away and fails. Empty: never.")
  @Default.String("")
  String getTrap();

  /** Sets where the job finds out whether to fail. */
  void setTrap(String value);

  /** Where the job finds out how slow it is to be. */
  @Description("File that holds how many milliseconds each result takes. Empty: none.")
  @Default.String("")
  String getBrake();

  /** Sets where the job finds out how slow it is to be. */
  void setBrake(String value);

  /** Which version of the job runs. */
  @Description("Version of the job.")
  @Default.String(FaultJob.FIRST)
  String getVersion();

  /** Sets which version of the job runs. */
  void setVersion(String value);

  /** Settings of the producer. */
  @Description("Settings of the producer, as name=value, separated by commas.")
  @Nullable List<String> getProducerSettings();

  /** Sets settings of the producer. */
  void setProducerSettings(@Nullable List<String> value);
}
