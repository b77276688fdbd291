package io.purlin.benchmarks.ready;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Texts, which are the same whoever makes them: files of lines of ten words, out of 100,000 words
 * some of which are much more frequent than others. They stay for later runs.
 */
final class TextFiles {
  private static final Path TARGET = Path.of("benchmarks/target");

  /** Several, since not all who read lines read one file in parallel. */
  private static final int FILES = 8;

  private static final int VOCABULARY = 100_000;
  private static final int WORDS_A_LINE = 10;

  private TextFiles() {}

  /**
   * The folder of a text, which is made when it is not there.
   *
   * @param bytes that all files have together, but for a line each
   */
  static Path of(int bytes) {
    Path folder = TARGET.resolve("text-" + bytes);
    if (!Files.exists(folder)) {
      try {
        make(folder, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folder;
  }

  private static void make(Path folder, int bytes) throws IOException {
    // Under another name until it is whole.
    Path unfinished = Files.createTempDirectory(TARGET, "text-unfinished-");
    SplittableRandom random = new SplittableRandom(1);
    byte[][] words = words(random);
    for (int file = 0; file < FILES; file++) {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(unfinished.resolve("part-" + file + ".txt")))) {
        for (int written = 0; written < bytes / FILES; ) {
          for (int i = 0; i < WORDS_A_LINE; i++) {
            // The third power: half of the words written are of an eighth of the vocabulary.
            byte[] word = words[(int) (VOCABULARY * Math.pow(random.nextDouble(), 3))];
            out.write(word);
            out.write(i == WORDS_A_LINE - 1 ? '\n' : ' ');
            written += word.length + 1;
          }
        }
      }
    }
    Files.move(unfinished, folder);
  }

  private static byte[][] words(SplittableRandom random) {
    byte[][] words = new byte[VOCABULARY][];
    for (int i = 0; i < VOCABULARY; i++) {
      words[i] =
          random
              .ints(3 + random.nextInt(8), 'a', 'z' + 1)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString()
              .getBytes(StandardCharsets.US_ASCII);
    }
    return words;
  }
}
