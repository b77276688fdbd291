package io.purlin.benchmarks.comparison;

import io.purlin.benchmarks.beam.BeamProgram;
import io.purlin.benchmarks.datastream.DataStreamProgram;
import io.purlin.benchmarks.loop.LoopProgram;
import io.purlin.benchmarks.ready.Work;
import io.purlin.benchmarks.side.PeerPaths;
import io.purlin.benchmarks.side.SideProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** With what a work is compared. */
enum Peer {
  /** A hand-written loop, of one thread: ours then has one task of each step, too. */
  LOOP,
  /** Flink's DataStream API. */
  FLINK,
  /** Beam's FlinkRunner with the options by which it is fastest. */
  FLINK_RUNNER,
  /** The same as it comes. */
  FLINK_RUNNER_DEFAULTS,
  /** Ours, on clicks of users that are equally frequent. */
  UNIFORM,
  /** Ours, with one task of each step on one core. */
  ONE_CORE;

  /**
   * A command of util-linux, which is everywhere. The collector is that of two cores: on one the
   * JVM would take another, and the comparison would be one of collectors.
   */
  private static final List<String> ONE_CORE_COMMAND =
      List.of("taskset", "--cpu-list", "0", "env", "JAVA_TOOL_OPTIONS=-XX:+UseG1GC");

  private static final Set<Work> LOOPS =
      EnumSet.of(
          Work.Q00,
          Work.Q01,
          Work.Q02,
          Work.KEYED_COUNT,
          Work.HOT_KEY,
          Work.SLIDING_COUNT,
          Work.MAP_SIDE_INPUT,
          Work.WORD_COUNT);

  private static final Set<Work> DATA_STREAMS =
      EnumSet.of(
          Work.Q00,
          Work.Q01,
          Work.Q02,
          Work.KEYED_COUNT,
          Work.KEYED_COUNT_ROCKSDB,
          Work.HOT_KEY,
          Work.SLIDING_COUNT,
          Work.JOIN,
          Work.WORD_COUNT);

  /** Whether the work is written for this peer. */
  boolean does(Work work) {
    return switch (this) {
      case LOOP -> LOOPS.contains(work);
      case FLINK -> DATA_STREAMS.contains(work);
      case FLINK_RUNNER, FLINK_RUNNER_DEFAULTS -> true;
      case UNIFORM -> work == Work.HOT_KEY;
      case ONE_CORE -> work == Work.KEYED_COUNT;
    };
  }

  /** Whether it is Beam's FlinkRunner, with whichever options. */
  boolean isFlinkRunner() {
    return this == FLINK_RUNNER || this == FLINK_RUNNER_DEFAULTS;
  }

  /** Whether it comes to the results that ours comes to. */
  boolean hasSameInput() {
    return this != UNIFORM;
  }

  /** How many tasks of a step both sides have when they are free to choose {@code parallelism}. */
  int tasks(int parallelism) {
    return this == LOOP ? 1 : parallelism;
  }

  /** What it is, with its version. */
  String description() {
    return switch (this) {
      case LOOP -> "a loop written by hand, one thread";
      case FLINK -> "Flink " + PeerPaths.FLINK_VERSION + ", DataStream, object reuse";
      case FLINK_RUNNER -> flinkRunner() + ", fasterCopy, objectReuse";
      case FLINK_RUNNER_DEFAULTS -> flinkRunner() + ", defaults";
      case UNIFORM -> "ours, equally frequent users";
      case ONE_CORE -> "ours, one task on one core, G1 as well";
    };
  }

  private static String flinkRunner() {
    return "FlinkRunner " + PeerPaths.FLINK_RUNNER_VERSION + ", Flink 1.19";
  }

  /**
   * Starts the peer, which then runs whenever it is asked to.
   *
   * @param state where what is durable goes
   */
  SideProcess start(Work work, int parallelism, StateFolder state, Path log) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(work.name());
    return switch (this) {
      case LOOP ->
          new SideProcess(System.getProperty("java.class.path"), LoopProgram.class, arguments, log);
      case FLINK -> {
        arguments.add(Integer.toString(parallelism));
        if (work.durable()) {
          arguments.addAll(state.flinkSettings());
        }
        yield new SideProcess(PeerPaths.flinkDataStream(), DataStreamProgram.class, arguments, log);
      }
      case FLINK_RUNNER, FLINK_RUNNER_DEFAULTS -> {
        arguments.addAll(
            List.of(
                "--runner=FlinkRunner",
                "--flinkMaster=[local]",
                "--streaming=" + !work.bounded(),
                "--parallelism=" + parallelism));
        if (this == FLINK_RUNNER) {
          arguments.addAll(List.of("--fasterCopy=true", "--objectReuse=true"));
        }
        if (work.durable()) {
          arguments.addAll(state.flinkRunnerFlags());
        }
        yield new SideProcess(PeerPaths.flinkRunner(), BeamProgram.class, arguments, log);
      }
      case UNIFORM -> Ours.start(Work.KEYED_COUNT, parallelism, state, List.of(), log);
      case ONE_CORE -> Ours.start(work, 1, state, ONE_CORE_COMMAND, log);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
