package io.purlin.conformance.pages;

import io.purlin.conformance.budget.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The texts of a source file: literals that are added to each other are one. */
final class Messages {
  /** Between two texts of one file; in none of them. */
  private static final String APART = "\u0001";

  /** What comes between two parts of a message is a name or a number, and what makes it. */
  private static final String GAP = ".{0,160}?";

  private static final Pattern COMMENT_OR_LITERAL =
      Pattern.compile("/\\*.*?\\*/|//[^\\n]*|\"((?:\\\\.|[^\"\\\\\\n])*)\"", Pattern.DOTALL);

  private static final Pattern PLUS = Pattern.compile("\\s*\\+\\s*");

  private static final Pattern WARNS = Pattern.compile("\\bLOG\\s*\\.(?:warn|error)\\(");

  private Messages() {}

  /** A message as a page has it, with {@code ...} for what differs. */
  static Pattern pattern(String message) {
    return Pattern.compile(
        List.of(message.split("\\.\\.\\.")).stream()
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(Pattern::quote)
            .collect(Collectors.joining(GAP)),
        Pattern.DOTALL);
  }

  /** All texts of the file, in its order. */
  static String texts(SourceFile source) {
    return texts(source.text());
  }

  private static String texts(String code) {
    StringBuilder texts = new StringBuilder();
    Matcher found = COMMENT_OR_LITERAL.matcher(code);
    int end = 0;
    while (found.find()) {
      String literal = found.group(1);
      if (literal == null) {
        continue;
      }
      if (!PLUS.matcher(code.substring(end, found.start())).matches()) {
        texts.append(APART);
      }
      texts.append(literal.replace("\\\"", "\""));
      end = found.end();
    }
    return texts.toString();
  }

  /** The text of each warning and error that the file logs. */
  static List<String> warnings(SourceFile source) {
    List<String> warnings = new ArrayList<>();
    Matcher found = WARNS.matcher(source.text());
    while (found.find()) {
      warnings.add(texts(source.text().substring(found.end())).split(APART, 3)[1]);
    }
    return warnings;
  }
}
