package io.purlin.conformance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.conformance.budget.SourceFile;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every package has its map, and NullAway reads every package. */
class PackageMapsTest {
  private static final String MAP = "package-info.java";

  @Test
  void everyPackageHasAMapAndIsNullMarked() {
    List<SourceFile> main = SourceFile.ofAllModules("src/main/java");
    List<SourceFile> tests = SourceFile.ofAllModules("src/test/java");
    assertThat(main).isNotEmpty();
    Set<String> mapped = new TreeSet<>();
    for (List<SourceFile> sources : List.of(main, tests)) {
      for (SourceFile source : sources) {
        if (source.name().equals(MAP)
            && source.text().startsWith("/**")
            && source.code().contains("@NullMarked")) {
          mapped.add(source.packageName());
        }
      }
    }
    Set<String> unmapped = new TreeSet<>();
    main.forEach(source -> unmapped.add(source.packageName()));
    tests.forEach(source -> unmapped.add(source.packageName()));
    unmapped.removeAll(mapped);
    assertThat(unmapped).as("packages without a map").isEmpty();
  }
}
