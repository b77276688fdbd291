package io.purlin.benchmarks.side;

import java.util.List;

/** Beam's FlinkRunner with a local cluster in its process, and its own Beam. */
public final class FlinkPeer {
  /** What it is called in reports. */
  public static final String NAME =
      "FlinkRunner " + PeerPaths.FLINK_RUNNER_VERSION + ", Flink 1.19, fasterCopy";

  private FlinkPeer() {}

  /** Options of a streaming pipeline on it. */
  public static List<String> flags(int parallelism) {
    return List.of(
        "--runner=FlinkRunner",
        "--flinkMaster=[local]",
        "--streaming=true",
        "--fasterCopy=true",
        "--parallelism=" + parallelism);
  }
}
