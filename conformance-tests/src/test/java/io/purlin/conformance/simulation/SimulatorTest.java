package io.purlin.conformance.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.conformance.simulation.bug.Bug;
import io.purlin.conformance.simulation.job.SimulatedPipeline;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few hundred seeds, and each planted bug. */
class SimulatorTest {
  private static final int SEEDS = 400;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Simulator simulator =
      new Simulator(new PrintStream(printed, true, StandardCharsets.UTF_8), 1);

  @Test
  void nothingIsViolated() {
    assertThat(simulator.run(List.of("--seeds=" + SEEDS))).as("%s", printed).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains(SEEDS + " seeds, ");
  }

  @ParameterizedTest
  @EnumSource(value = Bug.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedBugIsFound(Bug bug) {
    assertThat(simulator.run(List.of("--seeds=" + SEEDS, "--bug=" + bug.code())))
        .as("%s", printed)
        .isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("violated:", "options: ", "again: ./dev simulate --seed=", bug.code());
  }

  @Test
  void theSameSeedIsTheSameRun() {
    for (int seed = 1; seed <= 20; seed++) {
      List<String> first = Simulation.play(new SimulatedPipeline(), seed, Bug.NONE).trace();
      SimulatedPipeline used = new SimulatedPipeline();
      assertThat(Simulation.play(used, seed + 1, Bug.NONE).trace()).isNotEqualTo(first);
      assertThat(Simulation.play(used, seed, Bug.NONE).trace()).isEqualTo(first);
    }
  }
}
