package io.purlin.sdk.secret;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names under which secrets stand: Flink's, those of Kafka's settings, of usual options, and of
 * what clouds and databases put into URLs. Rather one too many than one too few. Stateless.
 */
final class SecretNames {
  /** Of names without dots, dashes and underscores, in lower case. */
  private static final List<String> PARTS =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "passcode",
          "secret",
          "token",
          "credential",
          "apikey",
          "accesskey",
          "accountkey",
          "servicekey",
          "sharedkey",
          "privatekey",
          "signingkey",
          "encryptionkey",
          "masterkey",
          "keystorekey",
          "truststorecertificates",
          "certificatechain",
          "jaas",
          "sasl",
          "authparams",
          "basicauth",
          "userinfo",
          "authorization",
          "bearer",
          "httpheaders",
          "cookie",
          "connectionstring",
          "xamzsignature");

  /** Found inside of other words, these would hide half of a log. */
  private static final Set<String> WHOLE = Set.of("pwd", "pass", "auth", "sig", "sas");

  /** In a stack trace such a name stands in front of a number, or of a message. */
  private static final Pattern OF_CODE =
      Pattern.compile(".*(\\.(java|kt|scala|groovy)|Exception|Error)");

  private SecretNames() {}

  /** Whether what has this name is not to be shown. */
  static boolean isSecret(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[._\\-]", "");
    return WHOLE.contains(plain) || PARTS.stream().anyMatch(plain::contains);
  }

  /** The same of a name in a text, which may be one of a class or a file. */
  static boolean isSecretInText(String name) {
    return isSecret(name) && !OF_CODE.matcher(name).matches();
  }
}
