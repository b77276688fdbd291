package io.purlin.nativerunner.web.secret;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks secrets: what stands under a name that says that it is one, what stands in front of the
 * host in a URL, and, wherever else it turns up, the value of an option that is one.
 *
 * <p>Rather one value too many is masked than one too few. The names are Flink's (password, secret,
 * fs.azure.account.key, apikey, auth-params, service-key, token, basic-auth, jaas.config,
 * http-headers), and those of Kafka's settings and of usual options.
 */
public final class Secrets {
  /** What stands in place of a secret; it does not tell how long that is. */
  public static final String MASK = "******";

  /** Of names without dots, dashes and underscores, in lower case. */
  private static final List<String> NAMES =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "secret",
          "accountkey",
          "apikey",
          "authparams",
          "servicekey",
          "token",
          "basicauth",
          "jaas",
          "httpheaders",
          "credential",
          "privatekey",
          "keystorekey",
          "truststorecertificates",
          "certificatechain",
          "sasl",
          "authorization",
          "accesskey");

  /** Shorter ones would be found where they are none. */
  private static final int LEAST_KNOWN_CHARACTERS = 6;

  /** A name, what joins it to its value, and the value: quoted, or up to what ends it. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?<name>[A-Za-z][A-Za-z0-9_.\\-]{1,80})(?<join>[\"']?\\s{0,3}[=:]\\s{0,3})"
              + "(?<value>(?i:bearer|basic)\\s{1,3}[^\\s,;&\"'{}\\[\\]()<>]+"
              + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+){0,500}+\""
              + "|'[^'\\\\]*+(?:\\\\.[^'\\\\]*+){0,500}+'"
              + "|[^\\s,;&\"'{}\\[\\]()<>]+)");

  /** It is looked for in whole answers, where it would be found in a count or a time. */
  private static final Pattern NUMBER = Pattern.compile("[-+0-9.eE]*");

  /** A line of a stack trace has such a name in front of its number. */
  private static final Pattern FILE = Pattern.compile(".*\\.(java|kt|scala)");

  private static final Pattern SCHEME = Pattern.compile("(?i)\\b(bearer|basic)\\s+[^\\s,;\"']{4,}");

  private static final Pattern IN_URL =
      Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.\\-]*://)[^\\s/@\"'<>]*@");

  private final List<String> known = new ArrayList<>();

  private Secrets(Map<String, String> options) {
    options.forEach(
        (name, value) -> {
          if (isSecret(name)) {
            know(value);
          } else {
            eachIn(value, found -> know(unquoted(found.group("value"))));
          }
        });
    // What contains another secret is masked as a whole.
    known.sort(Comparator.comparingInt(String::length).reversed());
  }

  /** The secrets among options. */
  public static Secrets of(Map<String, String> options) {
    return new Secrets(options);
  }

  private void know(String value) {
    if (value.length() >= LEAST_KNOWN_CHARACTERS && !NUMBER.matcher(value).matches()) {
      known.add(value);
      String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(value));
      if (!escaped.equals(value)) {
        known.add(escaped);
      }
    }
  }

  private static String unquoted(String value) {
    Matcher scheme = SCHEME.matcher(value);
    if (scheme.matches()) {
      return value.substring(scheme.end(1)).strip();
    }
    boolean quoted = value.length() >= 2 && (value.startsWith("\"") || value.startsWith("'"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** Whether what has this name is not to be shown. */
  public static boolean isSecret(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[._\\-]", "");
    return NAMES.stream().anyMatch(plain::contains);
  }

  /** Options as they may be shown, by name. */
  public Map<String, String> options(Map<String, String> options) {
    Map<String, String> shown = new TreeMap<>();
    options.forEach((name, value) -> shown.put(name, isSecret(name) ? MASK : masked(value)));
    return shown;
  }

  /** A text of any origin as it may be shown. */
  public String masked(String text) {
    String withoutSchemes = SCHEME.matcher(text).replaceAll("$1 " + MASK);
    StringBuilder shown = new StringBuilder();
    int[] copied = {0};
    eachIn(
        withoutSchemes,
        found -> {
          shown.append(withoutSchemes, copied[0], found.start("value")).append(MASK);
          copied[0] = found.end();
        });
    shown.append(withoutSchemes, copied[0], withoutSchemes.length());
    return known(IN_URL.matcher(shown).replaceAll("${scheme}" + MASK + "@"));
  }

  /** Visits what stands under the name of a secret. What other names have may have more inside. */
  private static void eachIn(String text, Consumer<Matcher> visitor) {
    Matcher named = NAMED.matcher(text);
    int from = 0;
    while (named.find(from)) {
      String name = named.group("name");
      if (isSecret(name) && !FILE.matcher(name).matches()) {
        visitor.accept(named);
        from = named.end();
      } else {
        from = named.start("value");
      }
    }
  }

  /** A text without the values of options that are secrets. */
  public String known(String text) {
    String shown = text;
    for (String secret : known) {
      shown = shown.replace(secret, MASK);
    }
    return shown;
  }
}
