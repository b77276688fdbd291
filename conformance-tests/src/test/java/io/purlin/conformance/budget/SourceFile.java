package io.purlin.conformance.budget;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One Java source file of the project.
 *
 * @param path where it is
 * @param packageName the package of its folder
 * @param text all of it
 */
public record SourceFile(Path path, String packageName, String text) {
  /** The folder that holds every module. Tests run in the folder of their own module. */
  public static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern COMMENT_OR_LITERAL =
      Pattern.compile(
          "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"", Pattern.DOTALL);

  /** All sources below {@code folder} (such as {@code src/main/java}) of every module. */
  public static List<SourceFile> ofAllModules(String folder) {
    List<SourceFile> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(PROJECT)) {
      for (Path module : modules.filter(path -> Files.exists(path.resolve("pom.xml"))).toList()) {
        Path root = module.resolve(folder);
        if (Files.isDirectory(root)) {
          sources.addAll(below(root));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  private static List<SourceFile> below(Path root) throws IOException {
    List<SourceFile> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        Path folder = root.relativize(file.getParent());
        String packageName = folder.toString().replace(folder.getFileSystem().getSeparator(), ".");
        sources.add(new SourceFile(file, packageName, Files.readString(file)));
      }
    }
    return sources;
  }

  /** The file's name without folders. */
  public String name() {
    return path.getFileName().toString();
  }

  /** The fully qualified name of the type that the file is named after. */
  public String typeName() {
    return packageName + "." + name().replace(".java", "");
  }

  /** The text without comments and without what stands in string literals. */
  public String code() {
    return COMMENT_OR_LITERAL.matcher(text).replaceAll("");
  }

  @Override
  public String toString() {
    return PROJECT.relativize(path).toString();
  }
}
