package io.purlin.nativerunner;

import io.purlin.nativerunner.job.Preload;
import java.util.List;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.runners.PipelineRunnerRegistrar;

/**
 * Lets {@code --runner=NativeRunner} be found by its short name.
 *
 * <p>Beam asks for it before it parses options, which takes a third of a start: time in which
 * another core can load what comes next.
 */
public final class NativeRunnerRegistrar implements PipelineRunnerRegistrar {
  @Override
  public Iterable<Class<? extends PipelineRunner<?>>> getPipelineRunners() {
    Preload.beam();
    return List.of(NativeRunner.class, TestNativeRunner.class);
  }
}
