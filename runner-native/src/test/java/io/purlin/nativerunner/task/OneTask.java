package io.purlin.nativerunner.task;

import io.purlin.nativerunner.chain.ChainServices;
import io.purlin.nativerunner.chain.OperatorChain;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.exchange.Signal;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.graph.Vertex.ChainHint;
import io.purlin.nativerunner.metrics.JobMetrics;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.source.EmptySourceFactory;
import io.purlin.nativerunner.source.SourceReader;
import io.purlin.nativerunner.time.ManualClock;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.state.StateMemory;
import io.purlin.state.cold.ColdAccesses;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/** Makes tasks that read a source and send what they read to nobody. */
public final class OneTask {
  private OneTask() {}

  /** Reads a source, in a job without checkpoints. */
  public static Task reading(String name, SourceReader reader) {
    CurrentElement current = new CurrentElement();
    ManualClock clock = new ManualClock(0);
    ChainServices services =
        new ChainServices(
            0,
            128,
            current,
            clock,
            new SideInputStore(List.of()),
            PipelineOptionsFactory.create(),
            false,
            StateMemory.unlimited(),
            new Standstill());
    Vertex source = new Vertex.Source(0, name, new EmptySourceFactory(), false, ChainHint.NONE);
    OperatorChain chain =
        new OperatorChain(
            new ChainPlan(0, 1, List.of(source), List.of()),
            services,
            List.of(),
            exchange -> {
              throw new AssertionError("nothing leaves");
            });
    TaskWiring wiring =
        new TaskWiring(
            List.of(),
            new JobMetrics(List.of(name)).task(current),
            clock,
            new TaskLimits(10, 1_000, 10, 0),
            new Signal(),
            null,
            new ColdAccesses());
    return new Task(
        new Task.Name(name, 0, 1), TaskInput.of(reader, current), chain, wiring, TaskStart.FRESH);
  }

  /** Has nothing and never ends. */
  public static class Silent implements SourceReader {
    @Override
    public void open() {}

    @Override
    public Status poll(Receiver receiver, CurrentElement current, int maxElements)
        throws Exception {
      return Status.IDLE;
    }

    @Override
    public List<byte[]> positions() {
      return List.of();
    }

    @Override
    public long watermarkMillis() {
      return BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
    }

    @Override
    public void close() {}
  }
}
