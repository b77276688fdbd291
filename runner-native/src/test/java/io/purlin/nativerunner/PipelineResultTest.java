package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.sdk.NativePipelineOptions;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pipeline that runs, or has ended, says of itself. */
class PipelineResultTest {
  @TempDir Path directory;

  private Pipeline pipeline() {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setCheckpointDir(directory.toString());
    return Pipeline.create(options);
  }

  @Test
  void waitingEndsWithItsTime() throws Exception {
    Pipeline endless = pipeline();
    endless.apply(GenerateSequence.from(0));
    PipelineResult result = endless.run();

    assertThat(result.waitUntilFinish(Duration.millis(1))).isNull();
    assertThat(result.getState()).isEqualTo(PipelineResult.State.RUNNING);

    result.cancel();
  }

  @Test
  void aCancelledPipelineStaysCancelled() throws Exception {
    Pipeline endless = pipeline();
    endless.apply(GenerateSequence.from(0));
    PipelineResult result = endless.run();

    assertThat(result.cancel()).isEqualTo(PipelineResult.State.CANCELLED);
    assertThat(result.cancel()).isEqualTo(PipelineResult.State.CANCELLED);
    assertThat(result.waitUntilFinish()).isEqualTo(PipelineResult.State.CANCELLED);
    assertThat(result.getState()).isEqualTo(PipelineResult.State.CANCELLED);
  }

  @Test
  void aPipelineThatFailsHasFailed() {
    Pipeline failing = pipeline();
    failing
        .apply(Create.of("x"))
        .apply(
            MapElements.into(TypeDescriptors.strings())
                .via(
                    (String value) -> {
                      throw new IllegalStateException("no " + value);
                    }));
    PipelineResult result = failing.run();

    assertThatThrownBy(result::waitUntilFinish).hasRootCauseMessage("no x");
    assertThat(result.getState()).isEqualTo(PipelineResult.State.FAILED);
  }
}
