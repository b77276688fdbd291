package io.purlin.sdk.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KillPointTest {
  @Test
  void codesAreDistinctAndInOrder() {
    List<String> codes = Arrays.stream(KillPoint.values()).map(KillPoint::code).toList();
    assertThat(codes).doesNotHaveDuplicates().isSorted().first().isEqualTo("K01");
    assertThat(codes).last().isEqualTo("K20");
  }

  @Test
  void nothingHappensWithoutTheProperty() throws Exception {
    assertThat(run("")).isEqualTo(new Ended(0, "1 2 3 "));
  }

  @Test
  void theProcessEndsAtTheHitAskedFor() throws Exception {
    assertThat(run("-Dpurlin.fault=K09:3")).isEqualTo(new Ended(137, "1 2 "));
  }

  @Test
  void anotherPointDoesNotCount() throws Exception {
    assertThat(run("-Dpurlin.fault=K10:1")).isEqualTo(new Ended(0, "1 2 3 "));
  }

  @Test
  void aThreadThatOnlyWaitsGoesOn() throws Exception {
    assertThat(run("-Dpurlin.fault=K09:2:wait-1")).isEqualTo(new Ended(0, "1 2 3 "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "K09", "K09:0", "K9:1", "K21:1", "K09:1:later", "K09:1:after-"})
  void whatIsNotUnderstoodIsRefused(String text) {
    assertThatThrownBy(() -> ArmedPoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text.startsWith("K21") ? "K21" : "K09:3");
  }

  private record Ended(int exitCode, String output) {}

  private static Ended run(String flag) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            flag.isEmpty() ? "-Dunused" : flag,
            "-cp",
            System.getProperty("java.class.path"),
            ThreeTimes.class.getName());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  /** Reaches a point three times. */
  static final class ThreeTimes {
    private ThreeTimes() {}

    public static void main(String[] args) {
      for (int i = 1; i <= 3; i++) {
        KillPoint.PREPARED.hit();
        System.out.print(i + " ");
        System.out.flush();
      }
    }
  }
}
