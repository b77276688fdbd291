package io.purlin.nativerunner.restart;

import static io.purlin.nativerunner.restart.Disturbed.TICKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources read on from where they were, and what they gave is not given again. */
class RestartSourcesTest {
  private static final int SPLITS = 3;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anUnboundedSourceThatNobodyDeduplicates(long seed) {
    Map<String, Long> outputs =
        new Disturbed(
                pipeline ->
                    pipeline
                        .apply(Read.from(new Ticks("plain", SPLITS, TICKS)))
                        .apply(Reshuffle.viaRandomKey())
                        .apply(ParDo.of(new Outputs<>("ticks"))))
            .comesToTheSame(seed, 1, 2, 4);

    assertThat(outputs).hasSize(SPLITS * (int) TICKS).doesNotContainValue(2L);
    for (int split = 0; split < SPLITS; split++) {
      assertThat(Ticks.FINALIZED)
          .as("marks up to the end are finalized")
          .containsEntry("plain" + split, TICKS);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sourcesThatEndBeforeTheCrash(long seed) {
    new Disturbed(RestartSourcesTest::bounded).comesToTheSame(seed, 4, 2);
    new Disturbed(RestartSourcesTest::bounded).comesToTheSame(seed, 3, 1);
  }

  private static void bounded(Pipeline pipeline) {
    pipeline
        .apply("Keeps alive", Read.from(new Ticks("alive", 1, TICKS)))
        .apply("Alive", ParDo.of(new Outputs<>("alive")));
    pipeline
        .apply(Impulse.create())
        .apply(ParDo.of(new Length()))
        .apply("Impulses", ParDo.of(new Outputs<>("impulse")));
    pipeline.apply(Create.of("a", "b", "c")).apply("Created", ParDo.of(new Outputs<>("created")));
    pipeline
        .apply(GenerateSequence.from(0).to(500))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Sequence", ParDo.of(new Outputs<>("sequence")));
  }

  static final class Length extends DoFn<byte[], Integer> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element byte[] impulse, OutputReceiver<Integer> out) {
      out.output(impulse.length);
    }
  }
}
