package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.purlin.nativerunner.web.RestClient;
import io.purlin.sdk.CheckpointOptions;
import io.purlin.sdk.NativePipelineOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real pipeline that is looked at over HTTP while it runs. */
class RestTest {
  private static final String CANARY = "canary-8a31f0c2";

  private static final AtomicBoolean FAILS = new AtomicBoolean();
  private static volatile CountDownLatch open = new CountDownLatch(0);

  @TempDir private Path directory;

  /** Options in which people put secrets. */
  public interface Secretive extends NativePipelineOptions {
    /** A secret by its name. */
    String getDatabasePassword();

    /** Sets it. */
    void setDatabasePassword(String value);

    /** Secrets by the names in it. */
    Map<String, String> getConsumerConfig();

    /** Sets them. */
    void setConsumerConfig(Map<String, String> value);

    /** A secret in a URL. */
    String getDatabase();

    /** Sets it. */
    void setDatabase(String value);
  }

  @BeforeEach
  void begin() {
    FAILS.set(false);
    open = new CountDownLatch(0);
  }

  @AfterEach
  void letGo() {
    open.countDown();
  }

  @Test
  void aRunningPipelineShowsItsFlowItsCheckpointsAndWhereItIsSlow() throws Exception {
    PipelineResult result = pipeline(0).run();
    RestClient client = client(result);
    String job = "/jobs/" + client.until("/jobs", all -> all.has("jobs")).at("/jobs/0/id").asText();

    JsonNode checkpoints =
        client.until(job + "/checkpoints", all -> all.at("/counts/completed").asInt() >= 2);
    assertThat(checkpoints.at("/latest/completed/status").asText()).isEqualTo("COMPLETED");
    assertThat(checkpoints.at("/latest/completed/checkpointed_size").asLong()).isPositive();
    client.until(job, all -> all.at("/vertices/1/metrics/read-records").asLong() > 0);
    assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(client.json(job).at("/state").asText()).isEqualTo("RUNNING");

    // The second chain stops taking elements: the first one waits, and the second is busy. At least
    // one of its two tasks is: the first to stop may leave nothing for the other to take.
    open = new CountDownLatch(1);
    JsonNode slow =
        client.until(
            job,
            all ->
                all.at("/vertices/0/backpressure-level").asText().equals("high")
                    && all.at("/vertices/1/rates/busyTimeMsPerSecond").asDouble() > 450);
    assertThat(slow.at("/vertices/0/steps/0/name").asText()).startsWith("GenerateSequence");
    assertThat(slow.at("/vertices/1/name").asText()).contains("Slow");
    assertThat(slow.at("/vertices/1/input/usage").asDouble()).isGreaterThan(0.5);
    for (JsonNode vertex : slow.at("/vertices")) {
      JsonNode rates = vertex.at("/rates");
      assertThat(
              rates.at("/busyTimeMsPerSecond").asDouble()
                  + rates.at("/idleTimeMsPerSecond").asDouble()
                  + rates.at("/backPressuredTimeMsPerSecond").asDouble())
          .isBetween(999.0, 1_001.0);
    }

    String metrics = client.get("/metrics").body();
    assertThat(metrics)
        .containsPattern("purlin_jobmanager_job_numberOfCompletedCheckpoints\\{[^}]*} [1-9]")
        .containsPattern("purlin_beam_counter\\{[^}]*name=\"seen\"[^}]*} [1-9]")
        .contains("jvm_memory_used_bytes{")
        .contains("jvm_threads_live_threads");

    open.countDown();
    assertThat(result.cancel()).isEqualTo(PipelineResult.State.CANCELLED);
    assertThatThrownBy(() -> client.get("/jobs")).isInstanceOf(ConnectException.class);
  }

  @Test
  void noSecretIsShownAnywhereAlsoAfterAFailure() throws Exception {
    FAILS.set(true);
    PipelineResult result = pipeline(0).run();
    RestClient client = client(result);
    String job = "/jobs/" + client.until("/jobs", all -> all.has("jobs")).at("/jobs/0/id").asText();
    JsonNode exceptions =
        client.until(job + "/exceptions", all -> all.at("/exceptionHistory/entries").size() > 0);
    assertThat(exceptions.at("/root-exception").asText()).contains("cannot log in");
    assertThat(exceptions.at("/exceptionHistory/entries/0/taskName").asText())
        .contains("Reshuffle");
    JsonNode again = client.until(job, all -> all.at("/numRestarts").asInt() > 0);
    assertThat(
            client
                .json(job + "/config")
                .at("/execution-config/user-config")
                .has("databasePassword"))
        .isTrue();

    List<String> paths =
        new ArrayList<>(List.of("/config", "/overview", "/jobs", "/jobs/overview"));
    paths.addAll(List.of("/metrics", "/health/live", "/health/ready", job));
    for (String below :
        List.of(
            "/vertices",
            "/plan",
            "/checkpoints",
            "/checkpoints/config",
            "/exceptions",
            "/config",
            "/metrics",
            "/user-metrics")) {
      paths.add(job + below);
    }
    for (JsonNode vertex : again.at("/vertices")) {
      String path = job + "/vertices/" + vertex.at("/id").asText();
      Stream.of("", "/backpressure", "/metrics", "/watermarks").forEach(b -> paths.add(path + b));
    }
    for (String path : paths) {
      HttpResponse<String> answer = client.get(path);
      assertThat(answer.statusCode()).as(path).isIn(200, 503);
      assertThat(answer.body()).as(path).doesNotContain(CANARY);
      assertThat(answer.headers().map().toString()).as(path).doesNotContain(CANARY);
    }
    assertThat(result.cancel()).isEqualTo(PipelineResult.State.CANCELLED);
  }

  @Test
  void aPortInUseStopsThePipelineBeforeItHasBegun() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      Pipeline pipeline = pipeline(port);
      assertThatThrownBy(pipeline::run)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("--restPort");
    }
    // Not even the job's directory was made.
    try (Stream<Path> made = Files.list(directory)) {
      assertThat(made).isEmpty();
    }
  }

  @Test
  void thePortIsToldAlsoAfterTheEndAndNoneWhereNothingListens() throws Exception {
    PipelineResult first = pipeline(0).run();
    int port = ((RestAddress) first).restPort().orElseThrow();
    assertThat(first.cancel()).isEqualTo(PipelineResult.State.CANCELLED);
    assertThat(((RestAddress) first).restPort()).as("after the end").hasValue(port);
    NativePipelineOptions silent = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    silent.setRunner(NativeRunner.class);
    PipelineResult second = Pipeline.create(silent).run();
    assertThat(((RestAddress) second).restPort()).isEmpty();
    assertThat(second.waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  private static RestClient client(PipelineResult result) {
    return new RestClient(((RestAddress) result).restPort().orElseThrow());
  }

  private Pipeline pipeline(int port) {
    Secretive options = PipelineOptionsFactory.create().as(Secretive.class);
    options.setRunner(NativeRunner.class);
    options.setJobName("rest-test");
    options.setParallelism(2);
    options.setBuffersPerChannel(2);
    options.setCheckpointingInterval(100L);
    options.setCheckpointDir(directory.toString());
    options.setRestartStrategy(CheckpointOptions.Restart.fixed_delay);
    options.setRestartAttempts(1_000);
    options.setRestartDelayMillis(1L);
    options.setRestPort(port);
    options.setDatabasePassword(CANARY);
    options.setDatabase("db://me:" + CANARY + "@localhost/x");
    options.setConsumerConfig(
        Map.of("sasl.jaas.config", "Module required username=\"u\" password=\"" + CANARY + "\";"));
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(GenerateSequence.from(0))
        .apply(Reshuffle.viaRandomKey())
        .apply("Slow", ParDo.of(new Slow()));
    return pipeline;
  }

  /** Takes an element while it is let, or fails as a connector would that cannot log in. */
  private static final class Slow extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;
    private final Counter seen = Metrics.counter(RestTest.class, "seen");

    @ProcessElement
    public void process() throws InterruptedException {
      seen.inc();
      open.await();
      if (FAILS.compareAndSet(true, false)) {
        throw new IllegalStateException(
            "cannot log in: sasl.jaas.config=Module required password=\""
                + CANARY
                + "\"; at https://me:"
                + CANARY
                + "@broker");
      }
    }
  }
}
