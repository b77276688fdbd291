package io.purlin.benchmarks.micro;

import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.invoke.CallPath;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a chain of identity DoFns costs an element, boxed longs through {@code OperatorChain}. One
 * operation is one element through the whole chain; it includes the box of the element, 24 B.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ChainBenchmark {
  /** How many DoFns the chain has. */
  @Param({"3", "10", "50"})
  public int length = 3;

  /** What each of them is. */
  @Param({"RECEIVER", "CONTEXT", "MAP"})
  public Kind kind = Kind.RECEIVER;

  /** How they are called. */
  @Param({"DIRECT"})
  public CallPath path = CallPath.DIRECT;

  private @Nullable ChainFixture chain;
  private Receiver head = value -> {};
  private long next;

  /** Builds and opens the chain. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    chain = ChainFixture.open(kind.fn(), length, path);
    head = chain.head();
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    if (chain != null && chain.last() < 0) {
      throw new IllegalStateException("elements were lost on the way");
    }
    if (chain != null) {
      chain.close();
    }
  }

  /** One element. */
  @Benchmark
  public void element() {
    head.receive(next++ + 1_000);
  }

  /** What the DoFns of a chain are. */
  public enum Kind {
    /** A DoFn with element and output receiver. */
    RECEIVER,
    /** A DoFn with a process context. */
    CONTEXT,
    /** MapElements with a lambda. */
    MAP;

    DoFn<?, ?> fn() {
      return switch (this) {
        case RECEIVER -> new ReceiverIdentity();
        case CONTEXT -> new ContextIdentity();
        case MAP -> MapElementsDoFn.find();
      };
    }
  }

  /** Passes elements on through an output receiver. */
  public static final class ReceiverIdentity extends DoFn<Long, Long> {
    /** Passes the element on. */
    @ProcessElement
    public void process(@Element Long element, OutputReceiver<Long> out) {
      out.output(element);
    }
  }

  /** Passes elements on through its context. */
  public static final class ContextIdentity extends DoFn<Long, Long> {
    /** Passes the element on. */
    @ProcessElement
    public void process(ProcessContext context) {
      context.output(context.element());
    }
  }
}
