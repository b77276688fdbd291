package io.purlin.nativerunner.operator.pardo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.invoke.CallPath;
import io.purlin.nativerunner.operator.Operator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.util.UserCodeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParDoLifecycleTest {
  // DoFns are copied through serialization, so that a test sees them through a static field only.
  private static final List<String> LOG = new CopyOnWriteArrayList<>();

  private final ParDoHarness harness = new ParDoHarness();

  @BeforeEach
  void forget() {
    LOG.clear();
  }

  @Test
  void methodsRunInOrder() throws Exception {
    harness.open(new Logging(""), VarLongCoder.of(), CallPath.DIRECT);
    harness.element(1L, 0).finish().element(2L, 0).finish();
    harness.operator().close();
    assertThat(LOG)
        .containsExactly(
            "setup", "start", "process", "finish", "start", "process", "finish", "teardown");
  }

  @Test
  void anOperatorThatWasNeverOpenedTearsNothingDown() throws Exception {
    harness.create(new Logging(""), VarLongCoder.of(), CallPath.DIRECT).close();
    assertThat(LOG).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"setup", "start", "process", "finish"})
  void teardownRunsOnceAfterAFailure(String phase) {
    assertThatThrownBy(
            () -> {
              harness.open(new Logging(phase), VarLongCoder.of(), CallPath.DIRECT);
              harness.element(1L, 0).finish();
            })
        .isInstanceOf(UserCodeException.class)
        .hasRootCauseMessage(phase);
    assertThat(LOG.contains("teardown")).isEqualTo(phase.equals("setup"));
    assertThat(harness.operator()).satisfies(Operator::close);
    assertThat(LOG).endsWith("teardown").containsOnlyOnce("teardown");
  }

  @Test
  void everyTaskHasAnInstanceOfItsOwn() throws Exception {
    Logging fn = new Logging("");
    harness.open(fn, VarLongCoder.of(), CallPath.DIRECT).element(1L, 0);
    assertThat(fn.processed).isZero();
  }

  /** Writes down its calls; fails in one. */
  static final class Logging extends DoFn<Long, Long> {
    private final String failing;
    private int processed;

    Logging(String failing) {
      this.failing = failing;
    }

    private void log(String phase) {
      LOG.add(phase);
      if (phase.equals(failing)) {
        throw new IllegalStateException(phase);
      }
    }

    @Setup
    public void setup(PipelineOptions options) {
      log(options == null ? "no options" : "setup");
    }

    @StartBundle
    public void start() {
      log("start");
    }

    @ProcessElement
    public void process() {
      processed++;
      log("process");
    }

    @FinishBundle
    public void finish() {
      log("finish");
    }

    @Teardown
    public void teardown() {
      log("teardown");
    }
  }
}
