package io.purlin.nativerunner.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.chain.ChainServices;
import io.purlin.nativerunner.chain.OperatorChain;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.graph.Vertex.ChainHint;
import io.purlin.nativerunner.operator.NoOpOperator;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.source.SourceReader;
import io.purlin.nativerunner.time.ManualClock;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.state.StateMemory;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a task waits before it asks a source again. */
class SourceInputTest {
  private static final long LONGEST_NANOS = 10_000_000;

  private final CurrentElement current = new CurrentElement();
  private final Ticking source = new Ticking();
  private final TaskInput input = TaskInput.of(source, current);
  private final OperatorChain chain =
      new OperatorChain(
          new ChainPlan(
              1,
              1,
              List.of(new Vertex.Step(1, "end", context -> new End(), null, ChainHint.NONE)),
              List.of()),
          new ChainServices(
              0,
              128,
              current,
              new ManualClock(0),
              new SideInputStore(List.of()),
              PipelineOptionsFactory.create(),
              false,
              StateMemory.unlimited(),
              new Standstill()),
          List.of(),
          exchange -> {
            throw new AssertionError("nothing leaves");
          });

  @BeforeEach
  void pollInVain() throws Exception {
    for (int i = 0; i < 20; i++) {
      input.feed(chain, 100);
      // Each time the task moves, since the watermark does, and then finds nothing to do.
      assertThat(input.watermarkMillis()).isEqualTo(i + 1);
    }
  }

  @Test
  void aWatermarkThatFollowsTheClockDoesNotKeepTheTaskAwake() {
    assertThat(input.idleNanos(0)).isEqualTo(LONGEST_NANOS);
  }

  @Test
  void afterALongSilenceItIsAskedHalfAsOften() throws Exception {
    for (int i = 0; i < 200; i++) {
      input.feed(chain, 100);
    }
    assertThat(input.idleNanos(0)).isEqualTo(2 * LONGEST_NANOS);
  }

  @Test
  void theSourceIsAskedAgainSoonWhenItHadAnElement() throws Exception {
    source.has = true;
    input.feed(chain, 100);
    assertThat(input.idleNanos(0)).isLessThan(LONGEST_NANOS / 100);
  }

  @Test
  void andWhenItGoesOnBecauseNothingElseDoes() {
    source.movesOnQuiescence = true;
    assertThat(input.onQuiescence()).isTrue();
    assertThat(input.idleNanos(0)).isLessThan(LONGEST_NANOS / 100);
  }

  private static final class End extends NoOpOperator {}

  /** Has nothing; its watermark is one more each time it is asked. */
  private static final class Ticking implements SourceReader {
    private boolean has;
    private boolean movesOnQuiescence;
    private long watermark;

    @Override
    public void open() {}

    @Override
    public Status poll(Receiver receiver, CurrentElement element, int maxElements) {
      watermark++;
      if (has) {
        receiver.receive("element");
      }
      return Status.IDLE;
    }

    @Override
    public List<byte[]> positions() {
      return List.of();
    }

    @Override
    public long watermarkMillis() {
      return watermark;
    }

    @Override
    public boolean onQuiescence() {
      return movesOnQuiescence;
    }

    @Override
    public void close() {}
  }
}
