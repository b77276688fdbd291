package io.purlin.pipelines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.pipelines.clickstream.SharedClicks;
import io.purlin.pipelines.process.TiedProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code Clickstream} is drained on the native runner and goes on on a Flink cluster, as {@code
 * docs/scale-out.md} says.
 */
class ChangeToClusterTest {
  private static final int CLICKS = 15_000;
  private static final long LONGEST_SECONDS = 120;

  @Test
  void noClickIsLostOrCountedTwiceWhenADrainedJobGoesOnOnACluster(@TempDir Path folder)
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        FlinkCluster cluster = FlinkCluster.start(FlinkBuild.find().orElseThrow());
        SharedClicks clicks = new SharedClicks(broker.bootstrapServers(), CLICKS)) {
      clicks.send(CLICKS / 3);
      clicks.flush();
      Process process = new NativeProcess(folder).start(arguments(clicks, "--drain"));
      try {
        awaitAllRead(clicks, process);
        clicks.send(CLICKS / 3);
        // SIGTERM while clicks come. The process's own method would close its input, too.
        process.toHandle().destroy();
        clicks.flush();
      } catch (Throwable e) {
        TiedProgram.stop(process);
        throw e;
      }
      assertThat(NativeProcess.exitCode(process)).isZero();

      SharedClicks.Change change = clicks.change();
      clicks.sendRest();
      clicks.flush();
      int code =
          cluster.run(
              arguments(
                  clicks,
                  "--runner=FlinkRunner",
                  "--attachedMode=false",
                  "--checkpointingInterval=1000",
                  "--shutdownSourcesAfterIdleMs=1000"));
      assertThat(code).as(cluster.logs()).isZero();

      assertThat(change.clicksBefore()).isBetween(CLICKS / 3L, CLICKS * 2L / 3);
      assertThat(clicks.differences(change)).as("change at %s", change).isEmpty();
    }
  }

  private static void awaitAllRead(SharedClicks clicks, Process process) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!clicks.allRead()) {
      assertThat(process.isAlive()).as("the native runner runs").isTrue();
      assertThat(System.nanoTime() - end).as("ns over time").isNegative();
    }
  }

  private static List<String> arguments(SharedClicks clicks, String... more) {
    List<String> arguments = new ArrayList<>(List.of("Clickstream"));
    arguments.addAll(clicks.arguments());
    arguments.addAll(List.of(more));
    return arguments;
  }
}
