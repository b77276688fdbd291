package io.purlin.nativerunner.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.NativeRunner;
import io.purlin.nativerunner.view.JobView;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each value of the option does; tests have no terminal. */
class ProgressOptionTest {
  private final List<String> logged = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"true", "auto", "plain"})
  void withoutATerminalTheLogSaysHowAJobHasEnded(String value) {
    begin(value).run();
    assertThat(logged).containsExactly("FINISHED after 2.0 s  0 records read, 0/s  orders");
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "false"})
  void nothingIsShownThatIsNotAskedFor(String value) {
    begin(value).run();
    assertThat(logged).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--progress", "--progress=plain", "--progress=off"})
  void aProgramGivesIt(String argument) {
    assertThat(run(argument)).isEqualTo(PipelineResult.State.DONE);
  }

  @Test
  void anotherValueIsRefused() {
    assertThatThrownBy(() -> run("--progress=loud"))
        .hasStackTraceContaining("--progress=loud must be one of off, auto, plain, false, true");
  }

  /** All numbers below one; more than a call may give. */
  static final class Below extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;

    @GetInitialRestriction
    public OffsetRange all(@Element Long end) {
      return new OffsetRange(0, end);
    }

    @ProcessElement
    public void process(RestrictionTracker<OffsetRange, Long> tracker, OutputReceiver<Long> out) {
      for (long at = tracker.currentRestriction().getFrom(); tracker.tryClaim(at); at++) {
        out.output(at);
      }
    }
  }

  private Runnable begin(String value) {
    JobView ended = Jobs.at(2_000).status(JobView.Status.FINISHED).view();
    return Progress.begin(value, false, () -> ended, logged::add);
  }

  private static PipelineResult.State run(String argument) {
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(argument, "--runner=" + NativeRunner.class.getName())
                .create());
    PAssert.that(
            pipeline.apply(Create.of(30_000L)).apply(ParDo.of(new Below())).apply(Count.globally()))
        .containsInAnyOrder(30_000L);
    return pipeline.run().waitUntilFinish();
  }
}
