package io.purlin.conformance.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.purlin.conformance.budget.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The compiled classes of every module, read once for all rules. Immutable. */
final class PurlinClasses {
  /** Modules with production code, named by their folders. */
  static final List<String> MODULES =
      List.of(
          "sdk", "state", "runner-native", "io-kafka", "runner-direct", "pipelines", "benchmarks");

  static final JavaClasses MAIN = read("target/classes");
  static final JavaClasses TESTS = read("target/test-classes");

  private PurlinClasses() {}

  /** One module's production classes. */
  static JavaClasses of(String module) {
    return new ClassFileImporter()
        .importPath(SourceFile.PROJECT.resolve(module).resolve("target/classes"));
  }

  private static JavaClasses read(String folder) {
    List<Path> folders =
        MODULES.stream()
            .map(module -> SourceFile.PROJECT.resolve(module).resolve(folder))
            .filter(Files::isDirectory)
            .toList();
    // Pipelines carry some unpacked classes of Beam.
    return new ClassFileImporter()
        .withImportOption(location -> location.contains("/io/purlin/"))
        .importPaths(folders);
  }
}
