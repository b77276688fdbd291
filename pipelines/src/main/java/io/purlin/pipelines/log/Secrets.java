package io.purlin.pipelines.log;

import java.util.regex.Pattern;

/** Takes secrets out of text that people will read. */
public final class Secrets {
  private static final String MASK = "***";

  /** {@code password=x}, {@code "sasl.password": "x"}, {@code --apiToken=x}. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?<![\\w.-])[\\w.-]*(?:passw(?:or)?d|passphrase|secret|token|credential"
              + "|(?:api|access|private|account|shared)[-_.]?key)[\\w.-]*[\"']?\\s*[=:]\\s*)"
              + "(?:\"(?:\\\\.|[^\"\\\\])*\"|'[^']*'|[^\\s,;}\\])\"']+)");

  /** {@code scheme://user:password@host}. */
  private static final Pattern USER_INFO = Pattern.compile("(://)[^/\\s:@]+:[^/\\s@]+@");

  /** {@code Authorization: Bearer x}. */
  private static final Pattern AUTHORIZATION =
      Pattern.compile("(?i)(authorization[\"']?\\s*[=:]\\s*[\"']?)(?:\\w+ +)?[^\\s\"',]+");

  private static final Pattern BEARER =
      Pattern.compile("(?i)\\b(bearer\\s+)[A-Za-z0-9._~+/=-]{12,}");

  private Secrets() {}

  /** The text with what looks like a secret's value replaced. */
  public static String masked(String text) {
    String masked = AUTHORIZATION.matcher(text).replaceAll("$1" + MASK);
    masked = BEARER.matcher(masked).replaceAll("$1" + MASK);
    masked = USER_INFO.matcher(masked).replaceAll("$1" + MASK + "@");
    return NAMED.matcher(masked).replaceAll("$1" + MASK);
  }
}
