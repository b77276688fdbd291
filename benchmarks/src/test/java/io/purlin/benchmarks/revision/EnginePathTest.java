package io.purlin.benchmarks.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import org.junit.jupiter.api.Test;

/** Which jars the process of an earlier engine gets. */
class EnginePathTest {
  private static final String OWN =
      path(
          "/here/purlin-benchmarks-0.2.jar",
          "/here/purlin-pipelines-0.2.jar",
          "/here/purlin-sdk-0.2.jar",
          "/here/purlin-state-0.2.jar",
          "/here/purlin-runner-native-0.2.jar",
          "/here/purlin-io-kafka-0.2.jar",
          "/lib/beam-2.jar",
          "/lib/common-1.jar");

  @Test
  void theEngineIsExchangedAndTheProgramsStay() {
    String engine =
        path(
            "/there/purlin-runner-native-0.1.jar",
            "/there/purlin-sdk-0.1.jar",
            "/lib/beam-1.jar",
            "/lib/common-1.jar");
    assertThat(EnginePath.of(OWN, engine + "\n"))
        .isEqualTo(
            path(
                engine,
                "/here/purlin-benchmarks-0.2.jar",
                "/here/purlin-pipelines-0.2.jar",
                "/lib/beam-2.jar"));
  }

  @Test
  void withoutAnEngineThereIsNothingToCompare() {
    assertThatThrownBy(() -> EnginePath.of(OWN, "/lib/beam-1.jar"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/lib/beam-1.jar");
    assertThatThrownBy(() -> EnginePath.of("/lib/beam-1.jar", "/there/purlin-sdk-0.1.jar"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String path(String... entries) {
    return String.join(File.pathSeparator, entries);
  }
}
