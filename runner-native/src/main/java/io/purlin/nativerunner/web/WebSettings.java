package io.purlin.nativerunner.web;

import io.purlin.sdk.RestOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the server listens, and what callers must know.
 *
 * @param host the address as it was given
 * @param address the address
 * @param port 1 to 65535; 0: any free one
 * @param names by which it may be called, in lower case
 * @param token what callers must send; null: nothing, at a loopback address only
 */
record WebSettings(
    String host, InetAddress address, int port, Set<String> names, @Nullable String token) {
  private static final int LEAST_TOKEN_CHARACTERS = 16;
  private static final int MOST_PORT = 65_535;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?");

  /** The token is not for logs. */
  @Override
  public String toString() {
    return host + ":" + port;
  }

  /**
   * What the options say; null when nothing is to listen.
   *
   * @throws IllegalArgumentException naming the option that is wrong, or missing
   */
  static @Nullable WebSettings of(RestOptions options) {
    int port = options.getRestPort();
    if (port == RestOptions.REST_OFF) {
      return null;
    }
    if (port < 0 || port > MOST_PORT) {
      throw new IllegalArgumentException(
          "--restPort=" + port + " is out of range: it must be from -1 to " + MOST_PORT);
    }
    String host = options.getRestBindAddress();
    InetAddress address = address(host);
    String token = token(options);
    if (token == null && !address.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "--restBindAddress="
              + host
              + " can be reached from other machines: it needs a token, in a file that"
              + " --restTokenFile names. Without one only this machine may look: leave"
              + " --restBindAddress out.");
    }
    return new WebSettings(host, address, port, names(options), token);
  }

  private static Set<String> names(RestOptions options) {
    Set<String> names = new HashSet<>();
    names.add("localhost");
    names.add(options.getRestBindAddress().toLowerCase(Locale.ROOT));
    List<String> given = options.getRestHosts();
    for (String each : given == null ? List.<String>of() : given) {
      String name = each.strip().toLowerCase(Locale.ROOT);
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "--restHosts="
                + each
                + " is no name of a machine: it must have letters, digits, dots and dashes alone,"
                + " and no port");
      }
      names.add(name);
    }
    return names;
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "--restBindAddress=" + host + " is no address of this machine", e);
    }
  }

  private static @Nullable String token(RestOptions options) {
    String given = options.getRestToken();
    String file = options.getRestTokenFile();
    if (given != null && file != null) {
      throw new IllegalArgumentException(
          "--restToken and --restTokenFile are both given: leave one of them out");
    }
    if (given == null && file == null) {
      return null;
    }
    String token = file == null ? given : firstLine(file);
    if (token == null || token.strip().length() < LEAST_TOKEN_CHARACTERS) {
      throw new IllegalArgumentException(
          (file == null ? "--restToken" : "--restTokenFile=" + file)
              + " has a token that can be guessed: it must have at least "
              + LEAST_TOKEN_CHARACTERS
              + " characters");
    }
    return token.strip();
  }

  private static String firstLine(String file) {
    try (Stream<String> lines = Files.lines(Path.of(file), StandardCharsets.UTF_8)) {
      return lines.findFirst().orElse("");
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("--restTokenFile=" + file + " cannot be read", e);
    }
  }
}
