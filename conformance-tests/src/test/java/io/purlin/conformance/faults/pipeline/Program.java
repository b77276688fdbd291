package io.purlin.conformance.faults.pipeline;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;

/**
 * How the programs that are killed run: they end with 0 when the job is done, with 1 when it has
 * failed, and at once when whoever started them is gone.
 */
final class Program {
  private Program() {}

  static void run(Supplier<Pipeline> pipeline) {
    Thread watch = new Thread(Program::haltAtEndOfInput, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    PipelineResult.State state;
    try {
      state = pipeline.get().run().waitUntilFinish();
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
      return;
    }
    System.err.println("job ended: " + state);
    System.exit(state == PipelineResult.State.DONE ? 0 : 1);
  }

  private static void haltAtEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever written; only the end matters.
      }
    } catch (IOException e) {
      // A broken pipe says the same as its end.
    }
    Runtime.getRuntime().halt(1);
  }
}
