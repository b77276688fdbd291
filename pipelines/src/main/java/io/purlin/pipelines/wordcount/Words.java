package io.purlin.pipelines.wordcount;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a word is: letters and apostrophes between anything else, in lower case. */
final class Words {
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}']+");

  private Words() {}

  static Stream<String> of(String line) {
    return Arrays.stream(BETWEEN.split(line.toLowerCase(Locale.ROOT), -1))
        .filter(word -> !word.isEmpty());
  }
}
