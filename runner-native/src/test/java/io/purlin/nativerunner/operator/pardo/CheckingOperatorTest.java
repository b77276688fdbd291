package io.purlin.nativerunner.operator.pardo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.invoke.CallPath;
import io.purlin.sdk.NativePipelineOptions;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.util.IllegalMutationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckingOperatorTest {
  private final ParDoHarness harness =
      new ParDoHarness().coder(ParDoHarness.MAIN, ByteArrayCoder.of());

  private void open(boolean enforce, CallPath path) throws Exception {
    harness.options().as(NativePipelineOptions.class).setEnforceImmutability(enforce);
    openAsItIs(path);
  }

  private void openAsItIs(CallPath path) throws Exception {
    harness.open(new Mutating(), ByteArrayCoder.of(), path);
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void aChangedInputIsRefused(CallPath path) throws Exception {
    open(true, path);
    assertThatThrownBy(() -> harness.element(new byte[] {'i'}, 0))
        .hasRootCauseInstanceOf(IllegalMutationException.class)
        .hasMessageContaining("step has changed a value that it was given");
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void anOutputChangedByTheSameCallIsRefused(CallPath path) throws Exception {
    open(true, path);
    assertThatThrownBy(() -> harness.element(new byte[] {'o'}, 0))
        .hasMessageContaining("step has changed a value that it had emitted");
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void anOutputChangedByALaterCallIsRefusedWhenTheBundleEnds(CallPath path) throws Exception {
    open(true, path);
    harness.element(new byte[] {'k'}, 0).element(new byte[] {'l'}, 0);
    assertThatThrownBy(harness::finish)
        .hasMessageContaining("step has changed a value that it had emitted");
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void harmlessElementsPass(CallPath path) throws Exception {
    open(true, path);
    harness.element(new byte[] {'x'}, 0).element(new byte[] {'y'}, 1).finish().advance(5);
    assertThat(harness.out).hasSize(2);
    assertThat(harness.watermark).isEqualTo(5);
  }

  @Test
  void notAskedForNothingIsChecked() throws Exception {
    openAsItIs(CallPath.DIRECT);
    harness.element(new byte[] {'i'}, 0).element(new byte[] {'o'}, 0).finish();
    assertThat(harness.out).hasSize(2);
  }

  @Test
  void offNothingIsChecked() throws Exception {
    open(false, CallPath.DIRECT);
    harness.element(new byte[] {'i'}, 0).element(new byte[] {'o'}, 0).finish();
    assertThat(harness.out).hasSize(2);
  }

  /** Changes what its input's first byte says. */
  static final class Mutating extends DoFn<byte[], byte[]> {
    private byte[] kept = new byte[1];

    @ProcessElement
    public void process(@Element byte[] element, OutputReceiver<byte[]> out) {
      byte[] copy = element.clone();
      out.output(copy);
      switch (element[0]) {
        case 'i' -> element[0]++;
        case 'o' -> copy[0]++;
        case 'k' -> kept = copy;
        case 'l' -> kept[0]++;
        default -> {}
      }
    }
  }
}
