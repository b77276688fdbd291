package io.purlin.pipelines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.pipelines.clickstream.ClickstreamJob;
import io.purlin.pipelines.clickstream.ClickstreamOptions;
import io.purlin.pipelines.job.RestartableRun;
import io.purlin.pipelines.job.Summary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.CrashingRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code Clickstream} from one topic, on a Flink cluster and on the native runner. */
class FlinkClusterTest {
  private static final int CLICKS = 20_000;

  /**
   * With them each minute and each session has one record, whatever comes first: nothing is shown
   * before it is over, and no click is so late that it is over before.
   */
  private static final List<String> ONE_RECORD_EACH =
      List.of("--earlyFiringMillis=86400000", "--outOfOrderMillis=3600000");

  private static final List<String> TO_ITS_END =
      List.of(
          "--attachedMode=false",
          "--checkpointingInterval=1000",
          "--shutdownSourcesAfterIdleMs=1000");

  @Test
  void clickstreamWritesTheSameRecordsAsOnTheNativeRunner(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        FlinkCluster cluster = FlinkCluster.start(FlinkBuild.find().orElseThrow());
        RestartableRun onFlink = run(broker, List.of("--clicks=" + CLICKS))) {
      onFlink.start();
      // All clicks are in their topic when it has said what is to be expected of them.
      assertThat(onFlink.check().correct()).as("correct without results").isFalse();
      String clicks = onFlink.arguments().get(0);
      try (RestartableRun onNative = run(broker, List.of(clicks))) {
        int flinkCode = cluster.run(arguments(broker, onFlink, "--runner=FlinkRunner", TO_ITS_END));
        assertThat(flinkCode).as(cluster.logs()).isZero();
        NativeProcess process = new NativeProcess(folder);
        assertThat(process.run(arguments(broker, onNative, "--parallelism=2", List.of()))).isZero();

        Summary summary = onFlink.check();
        assertThat(summary.correct()).as(summary.toString()).isTrue();
        for (int topic = 1; topic <= 2; topic++) {
          List<String> written = records(broker, onFlink, topic);
          assertThat(written).hasSizeGreaterThan(1_000);
          assertThat(written).isEqualTo(records(broker, onNative, topic));
        }
      }
    }
  }

  private static List<String> records(EmbeddedBroker broker, RestartableRun run, int topic) {
    String name = run.arguments().get(topic).replaceFirst(".*=", "");
    return WrittenRecords.of(broker.bootstrapServers(), name);
  }

  /** Makes the topics of a run. */
  private static RestartableRun run(EmbeddedBroker broker, List<String> more) {
    List<String> all = new ArrayList<>(ONE_RECORD_EACH);
    all.add("--bootstrapServers=" + broker.bootstrapServers());
    all.addAll(more);
    ClickstreamOptions options =
        PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).as(ClickstreamOptions.class);
    // Nothing runs here.
    options.setRunner(CrashingRunner.class);
    return new ClickstreamJob().prepare(options);
  }

  private static List<String> arguments(
      EmbeddedBroker broker, RestartableRun run, String one, List<String> more) {
    return Stream.of(
            List.of("Clickstream", one, "--bootstrapServers=" + broker.bootstrapServers()),
            ONE_RECORD_EACH,
            run.arguments(),
            more)
        .flatMap(List::stream)
        .toList();
  }
}
