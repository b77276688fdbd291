package io.purlin.sdk;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Whether and how a running job can be looked at over HTTP. All of it is read-only. */
public interface RestOptions extends PipelineOptions {
  /** A value of {@code restPort}: nothing listens. */
  int REST_OFF = -1;

  /** Where the job's state and metrics can be read. */
  @Description(
      "Port at which the running job can be looked at: its state as JSON, metrics for Prometheus at"
          + " /metrics, health checks. 1 to 65535; 0: any free one, which the log names; -1: none.")
  @Default.Integer(REST_OFF)
  Integer getRestPort();

  /** Sets where the job's state and metrics can be read. */
  void setRestPort(Integer value);

  /** Who can reach the port. */
  @Description(
      "Address that restPort listens at. Any other than one of this machine alone (127.0.0.1, ::1,"
          + " localhost) needs a token: set restTokenFile as well.")
  @Default.String("127.0.0.1")
  String getRestBindAddress();

  /** Sets who can reach the port. */
  void setRestBindAddress(String value);

  /** By which names the port may be called. */
  @Description(
      "Names by which restPort may be called, beside addresses, localhost and what restBindAddress"
          + " says, separated by commas: that of the machine, or of a proxy that passes its own on."
          + " Another name is refused, also with the token.")
  @Nullable List<String> getRestHosts();

  /** Sets by which names the port may be called. */
  void setRestHosts(@Nullable List<String> value);

  /** What callers must know. */
  @Description(
      "Token that callers of restPort must send, as 'Authorization: Bearer <token>', at least 16"
          + " characters. Arguments can be read by other users of the machine: better use"
          + " restTokenFile.")
  @Nullable String getRestToken();

  /** Sets what callers must know. */
  void setRestToken(@Nullable String value);

  /** Where what callers must know is kept. */
  @Description(
      "File whose first line is the token that callers of restPort must send; read once, at the"
          + " start.")
  @Nullable String getRestTokenFile();

  /** Sets where what callers must know is kept. */
  void setRestTokenFile(@Nullable String value);
}
