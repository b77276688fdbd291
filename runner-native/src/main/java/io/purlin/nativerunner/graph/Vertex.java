package io.purlin.nativerunner.graph;

import io.purlin.nativerunner.operator.OperatorFactory;
import io.purlin.nativerunner.source.SourceFactory;
import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/** One step of the logical graph. */
public sealed interface Vertex {
  /** Position in the graph's topological order, from 0. */
  int id();

  /** Full name of the Beam transform, unique in the pipeline and stable over restarts. */
  String name();

  /** What the user asked about chaining this step. */
  ChainHint chainHint();

  /** The same with what one attempt to run the job makes it with. */
  default Vertex forAttempt() {
    return this;
  }

  /** A wish about chaining, from an option or a resource hint. */
  enum ChainHint {
    /** Chain where possible. */
    NONE,
    /** Never chain this step to what comes before it. */
    START_NEW_CHAIN,
    /** Chain this step to nothing. */
    NEVER
  }

  /**
   * A step that reads.
   *
   * @param id position in topological order
   * @param name full transform name
   * @param factory makes the readers
   * @param single whether one task reads, whatever the job's parallelism
   * @param chainHint the user's wish
   */
  record Source(int id, String name, SourceFactory factory, boolean single, ChainHint chainHint)
      implements Vertex {}

  /**
   * A step that processes.
   *
   * @param id position in topological order
   * @param name full transform name
   * @param factory makes the operators
   * @param outputKey the key coder by which its output is still partitioned when its input is;
   *     null: unknown
   * @param chainHint the user's wish
   */
  record Step(
      int id,
      String name,
      OperatorFactory factory,
      @Nullable Coder<?> outputKey,
      ChainHint chainHint)
      implements Vertex {
    @Override
    public Step forAttempt() {
      return new Step(id, name, factory.forAttempt(), outputKey, chainHint);
    }
  }
}
