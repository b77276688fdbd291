package io.purlin.benchmarks.comparison;

import io.purlin.benchmarks.beam.BeamProgram;
import io.purlin.benchmarks.ready.Work;
import io.purlin.benchmarks.side.SideProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Our own side. */
final class Ours {
  private Ours() {}

  /**
   * Starts it, which then runs whenever it is asked to.
   *
   * @param tasks of each step
   * @param state where what is durable goes
   * @param launcher a command before that of the process; empty: none
   */
  static SideProcess start(Work work, int tasks, StateFolder state, List<String> launcher, Path log)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(work.name());
    arguments.addAll(flags(work, tasks, state));
    return new SideProcess(
        System.getProperty("java.class.path"), BeamProgram.class, arguments, launcher, log);
  }

  /** Options of our runner. */
  static List<String> flags(Work work, int tasks, StateFolder state) {
    List<String> flags = new ArrayList<>();
    flags.add("--runner=NativeRunner");
    flags.add("--parallelism=" + tasks);
    if (work.durable()) {
      flags.addAll(state.nativeFlags(work));
    } else {
      // The peers take no checkpoints either unless they are told to.
      flags.add("--checkpointingInterval=0");
    }
    return flags;
  }
}
