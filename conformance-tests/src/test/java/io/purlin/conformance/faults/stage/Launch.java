package io.purlin.conformance.faults.stage;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/**
 * How Java processes are started here. Most of what a kill costs is the next start, and most of
 * that is reading and checking classes; so the command keeps them in an archive of the JVM's (class
 * data sharing), which a first run has written. Such an archive takes jars alone: folders of
 * classes are put into jars. Immutable.
 *
 * @param classPath of all processes
 * @param archive a file beside which nothing else is kept; it need not exist
 * @param shared whether there is an archive
 * @param patience how many times longer than on a quiet machine anything may take
 */
record Launch(String classPath, Path archive, boolean shared, int patience) {
  private static final String ARCHIVE_SUFFIX = ".jsa";

  /** As this process was started: for few starts. */
  static Launch plain() {
    return new Launch(System.getProperty("java.class.path"), Path.of(""), false, 1);
  }

  /** What this process has on its class path, jars and folders. */
  static List<Path> ownJars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .toList();
  }

  /**
   * With jars, and the archive if an earlier run over the same classes has left one.
   *
   * @param entries the class path, jars and folders
   */
  static Launch quick(Path folder, List<Path> entries, int patience) {
    List<String> jars = new ArrayList<>();
    CRC32C all = new CRC32C();
    update(all, System.getProperty("java.home") + Runtime.version());
    for (Path entry : entries) {
      Path path = Files.isDirectory(entry) ? jar(entry, folder) : entry;
      if (Files.exists(path)) {
        jars.add(path.toString());
        update(all, stamp(path));
      }
    }
    Path archive = folder.resolve(name("runner-", all, ARCHIVE_SUFFIX));
    return new Launch(
        String.join(File.pathSeparator, jars), archive, Files.exists(archive), patience);
  }

  /** The flags for the first of all JVMs, which writes the archive when it ends by itself. */
  List<String> writingFlags() {
    // It warns of every class that cannot be kept.
    return List.of("-XX:ArchiveClassesAtExit=" + unfinished(), "-Xlog:disable");
  }

  /** The archive is written. */
  Launch written() {
    try {
      Files.move(unfinished(), archive, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Launch(classPath, archive, true, patience);
  }

  /** The flags for all others. */
  List<String> flags() {
    List<String> flags = new ArrayList<>();
    // Quick to start, small, and not more threads than needed: several run on few cores.
    flags.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m"));
    if (shared) {
      flags.add("-XX:SharedArchiveFile=" + archive);
    }
    return flags;
  }

  private Path unfinished() {
    return archive.resolveSibling(archive.getFileName() + ".new");
  }

  /** A jar of a folder. Its name says what is in it, so that one that exists is the right one. */
  private static Path jar(Path classes, Path folder) {
    List<Path> files = Folders.files(classes);
    CRC32C content = new CRC32C();
    for (Path file : files) {
      update(content, stamp(file));
    }
    Path jar = folder.resolve(name("classes-", content, ".jar"));
    if (Files.exists(jar)) {
      return jar;
    }
    Path unfinished = jar.resolveSibling(jar.getFileName() + ".new");
    try {
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(unfinished))) {
        out.setLevel(Deflater.BEST_SPEED);
        for (Path file : files) {
          out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
          Files.copy(file, out);
        }
      }
      Files.move(unfinished, jar, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar;
  }

  private static String stamp(Path file) {
    try {
      return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void update(CRC32C sum, String text) {
    sum.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String name(String prefix, CRC32C sum, String suffix) {
    return prefix + Long.toHexString(sum.getValue()) + suffix;
  }
}
