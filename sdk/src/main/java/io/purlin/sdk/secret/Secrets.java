package io.purlin.sdk.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks secrets in what people will read: what stands under a name that says that it is one
 * (password, token, sasl.jaas.config, ...), what stands in front of the host in a URL, bearer
 * tokens and private keys, and, wherever else it turns up, the value of an option that is a secret.
 *
 * <p>Rather one value too many is masked than one too few. A secret in free text that no option has
 * cannot be told from other words.
 *
 * <p>Immutable; any thread. Work is linear in the length of a text.
 */
public final class Secrets {
  /** What stands in place of a secret; it does not tell how long that is. */
  public static final String MASK = "******";

  private static final Secrets NONE = new Secrets(Set.of());

  /** Shorter values would be found where they are none. */
  private static final int LEAST_KNOWN_CHARACTERS = 6;

  /** Secrets inside of values that are secrets, such as the settings of a login module. */
  private static final int MOST_NESTED = 8;

  /** Groups of {@link #NAMED}. */
  private static final int NAME = 1;

  private static final int VALUE = 3;

  /** What ends a value without quotes. */
  private static final String PLAIN = "[^\\s,;&\"'{}\\[\\]()<>]+";

  /** A name, what joins it to its value, and the value: quoted, or up to what ends it. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?<name>[A-Za-z][A-Za-z0-9_.\\-]{1,80})"
              + "(?<join>\\\\{0,8}[\"']?\\s{0,3}(?::=|[=:])\\s{0,3}|>(?=[^\\s<>]))"
              + "(?<value>(?i:bearer|basic|digest|negotiate|ntlm|token|apikey)\\s{1,3}"
              + PLAIN
              + "|\\\\{1,8}[\"'][^\"'\\\\]*+\\\\{1,8}[\"']"
              + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+){0,500}+\""
              + "|'[^'\\\\]*+(?:\\\\.[^'\\\\]*+){0,500}+'"
              + "|"
              + PLAIN
              + ")");

  /** It is looked for in whole answers, where it would be found in a count or a time. */
  private static final Pattern NUMBER = Pattern.compile("[-+0-9.eE]*");

  /** What is often said of a scheme is no credential of it. */
  private static final Pattern SCHEME =
      Pattern.compile(
          "(?i)\\b(bearer|basic)\\s+(?!(?:auth|authentication|authorization|tokens?)(?:[\\s.,;:]|$))"
              + "[^\\s,;\"'\\\\]{4,}");

  private static final Pattern IN_URL =
      Pattern.compile(
          "(?<scheme>[A-Za-z][A-Za-z0-9+.\\-]{0,80}://)"
              + "(?:[^\\s/@\"'<>:]{0,250}:(?![0-9]{1,5}/)(?<password>[^\\s\"'<>@]{0,500})"
              + "|[^\\s/\"'<>@]{0,500})@"
              + "(?:[^\\s/\"'<>@]{0,500}@)*");

  /** {@code jdbc:oracle:thin:user/password@host}. */
  private static final Pattern ORACLE =
      Pattern.compile("(?i)(jdbc:oracle:[a-z0-9]+:)[^\\s@\"'/]*/[^\\s@\"']*@");

  private static final Pattern KEY =
      Pattern.compile(
          "(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)[^-]*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?");

  /** A JSON Web Token: its header and claims are objects of JSON. */
  private static final Pattern WEB_TOKEN =
      Pattern.compile("\\beyJ[\\w\\-]{8,}\\.eyJ[\\w\\-]{2,}\\.[\\w\\-]*");

  private final List<String> known;

  private Secrets(Set<String> known) {
    // What contains another secret is masked as a whole.
    this.known = known.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** Nothing is known but what names and forms tell. */
  public static Secrets none() {
    return NONE;
  }

  /** The secrets among options, by their names. */
  public static Secrets of(Map<String, String> options) {
    Set<String> known = new LinkedHashSet<>();
    options.forEach((name, value) -> learn(name, value, known));
    return new Secrets(known);
  }

  /** The secrets among arguments, as {@code --name=value} or {@code --name value}. */
  public static Secrets ofArguments(List<String> arguments) {
    Set<String> known = new LinkedHashSet<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      if (equals >= 0) {
        learn(argument.substring(0, equals), argument.substring(equals + 1), known);
      } else if (argument.startsWith("-") && i + 1 < arguments.size()) {
        learn(argument, arguments.get(i + 1), known);
      }
    }
    return new Secrets(known);
  }

  private static void learn(String name, String value, Set<String> known) {
    if (isSecret(name)) {
      know(value, known);
    }
    learn(value, known, MOST_NESTED);
  }

  /** Whether what has this name is not to be shown. */
  public static boolean isSecret(String name) {
    return SecretNames.isSecret(name);
  }

  /** Options as they may be shown, by name. */
  public Map<String, String> options(Map<String, String> options) {
    Map<String, String> shown = new TreeMap<>();
    options.forEach((name, value) -> shown.put(name, isSecret(name) ? MASK : masked(value)));
    return shown;
  }

  /** A text of any origin as it may be shown. */
  public String masked(String text) {
    String shown = KEY.matcher(text).replaceAll("$1" + MASK);
    shown = SCHEME.matcher(shown).replaceAll("$1 " + MASK);
    shown = WEB_TOKEN.matcher(shown).replaceAll(MASK);
    return maskedValues(withoutNamed(shown));
  }

  /**
   * A document whose form must stay as it is, such as JSON or a drawing: without the values of
   * options that are secrets and without what stands in front of hosts, whatever its names are.
   */
  public String maskedValues(String document) {
    String shown = IN_URL.matcher(document).replaceAll("${scheme}" + MASK + "@");
    shown = ORACLE.matcher(shown).replaceAll("$1" + MASK + "@");
    for (String secret : known) {
      shown = shown.replace(secret, MASK);
    }
    return shown;
  }

  private static String withoutNamed(String text) {
    StringBuilder shown = new StringBuilder();
    int[] copied = {0};
    eachIn(
        text,
        found -> {
          shown.append(text, copied[0], found.start(VALUE)).append(MASK);
          copied[0] = found.end();
        });
    return shown.append(text, copied[0], text.length()).toString();
  }

  /** Visits what stands under the name of a secret. What other names have may have more inside. */
  private static void eachIn(String text, Consumer<MatchResult> visitor) {
    Matcher named = NAMED.matcher(text);
    int from = 0;
    while (named.find(from)) {
      if (SecretNames.isSecretInText(named.group(NAME))) {
        visitor.accept(named);
        from = named.end();
      } else {
        from = named.start(VALUE);
      }
    }
  }

  private static void learn(String text, Set<String> known, int nested) {
    if (nested == 0) {
      return;
    }
    eachIn(
        text,
        found -> {
          String value = unquoted(found.group(VALUE));
          know(value, known);
          know(value.replaceAll("\\\\(.)", "$1"), known);
          learn(value, known, nested - 1);
        });
    Matcher url = IN_URL.matcher(text);
    while (url.find()) {
      String password = url.group("password");
      if (password != null) {
        know(password, known);
      }
    }
  }

  private static String unquoted(String value) {
    Matcher scheme = SCHEME.matcher(value);
    if (scheme.matches()) {
      return value.substring(scheme.end(1)).strip();
    }
    int begin = quote(value);
    boolean quoted = begin > 0 && value.length() >= 2 * begin;
    return quoted ? value.substring(begin, value.length() - begin) : value;
  }

  /** Characters of the quote that a value begins with, escapes and all; 0: there is none. */
  private static int quote(String value) {
    int at = 0;
    while (at < value.length() && value.charAt(at) == '\\') {
      at++;
    }
    boolean quote = at < value.length() && (value.charAt(at) == '"' || value.charAt(at) == '\'');
    return quote ? at + 1 : 0;
  }

  /** Knows a secret in the forms in which it may turn up: as it is, in JSON, in a URL. */
  private static void know(String secret, Set<String> known) {
    if (secret.length() < LEAST_KNOWN_CHARACTERS || NUMBER.matcher(secret).matches()) {
      return;
    }
    known.add(secret);
    known.add(escaped(secret));
    known.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
  }

  private static String escaped(String text) {
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ') {
            json.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.toString();
  }
}
