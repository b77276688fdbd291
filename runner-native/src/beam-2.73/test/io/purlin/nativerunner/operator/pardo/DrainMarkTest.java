package io.purlin.nativerunner.operator.pardo;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.invoke.CallPath;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.CausedByDrain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The mark of a draining pipeline, which user code can read and set since Beam 2.73.0. */
class DrainMarkTest {
  private final ParDoHarness harness = new ParDoHarness();

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void aDoFnReadsAndSetsIt(CallPath path) throws Exception {
    Marks marks = new Marks("id", 7L, true);
    harness
        .open(new Marking(), VarLongCoder.of(), path)
        .element(1L, 5, PaneInfo.NO_FIRING, marks, GlobalWindow.INSTANCE);
    assertThat(harness.out)
        .containsExactly("CAUSED_BY_DRAIN CAUSED_BY_DRAIN @5 id/7/true", "normal @5 id/7/false");
  }

  /** Emits what it is told, then something of its own that is not caused by a drain. */
  static final class Marking extends DoFn<Long, String> {
    @ProcessElement
    public void process(ProcessContext c, CausedByDrain drain, OutputReceiver<String> out) {
      out.output(c.causedByDrain() + " " + drain);
      out.builder("normal").setCausedByDrain(CausedByDrain.NORMAL).output();
    }
  }
}
