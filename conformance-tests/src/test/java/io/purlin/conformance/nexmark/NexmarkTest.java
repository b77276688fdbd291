package io.purlin.conformance.nexmark;

import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All queries, as {@link ModelCheck} says; more events and settings: {@link NexmarkSuite}. */
class NexmarkTest {
  private static final ModelCheck CHECK = new ModelCheck(100_000);

  static Stream<Arguments> runs() {
    return IntStream.rangeClosed(0, ModelCheck.LAST)
        .boxed()
        .flatMap(
            query -> NexmarkSetting.ON_HEAP.stream().map(setting -> Arguments.of(query, setting)));
  }

  @TempDir private Path checkpoints;

  @ParameterizedTest(name = "query {0}, {1}")
  @MethodSource("runs")
  void resultsAreThoseOfTheModel(int query, NexmarkSetting setting) {
    CHECK.run(query, setting, checkpoints);
  }
}
