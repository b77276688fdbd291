package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.sdk.NativePipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;

/** A job that may need more memory than there is starts only when it is told to. */
class MemoryRefusalTest {
  private static Pipeline pipeline(boolean allowed) {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setStateBackend("rocksdb");
    options.setManagedMemory(1L << 50);
    options.setStateMemory(1L);
    options.setAllowMemoryOvercommit(allowed);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(Create.of(1, 2, 3));
    return pipeline;
  }

  @Test
  void itIsRefusedWithAWayOut() {
    assertThatThrownBy(() -> pipeline(false).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The process may need ")
        .hasMessageContaining("--allowMemoryOvercommit")
        .hasMessageContaining("RocksDB");
  }

  @Test
  void itStartsAllTheSameWhenItIsTold() {
    assertThat(pipeline(true).run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }
}
