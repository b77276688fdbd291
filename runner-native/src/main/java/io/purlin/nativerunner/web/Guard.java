package io.purlin.nativerunner.web;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in or turns them away, by what stands in front of their body. Immutable; any
 * thread.
 *
 * <p>Everyone must call this machine by an address or by a name that the server was told: a page of
 * a foreign site whose name was pointed here calls it by that name, and could show its visitor the
 * status page as its own and read the token that he types. No name can be made to look like an
 * address, so that any address will do, such as that of a pod behind which this machine is. Whoever
 * comes from another site's page is refused whatever else he brings.
 */
final class Guard {
  /** Characters of path and query together. */
  static final int MOST_URI_CHARACTERS = 4_096;

  /** Requests of browsers have about twenty. */
  static final int MOST_HEADERS = 64;

  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
  private static final String BEARER = "bearer ";

  private final Set<String> names;
  private final byte @Nullable [] token;

  /**
   * @param names those by which this machine may be called, in lower case
   * @param token what callers must know; null: nothing
   */
  Guard(Set<String> names, @Nullable String token) {
    this.names = Set.copyOf(names);
    this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
  }

  /** Why a request is turned away; null when it is let in. */
  @Nullable Answer refuse(String method, URI uri, Headers headers, boolean needsToken) {
    if (uri.toString().length() > MOST_URI_CHARACTERS) {
      return Answer.refused(414, "the URI is too long");
    }
    int count = headers.values().stream().mapToInt(List::size).sum();
    if (count > MOST_HEADERS) {
      return Answer.refused(431, "there are too many headers");
    }
    Answer foreign = foreign(headers);
    if (foreign != null) {
      return foreign;
    }
    if (!METHODS.contains(method)) {
      return Answer.refused(405, "only GET and HEAD are served").with("Allow", "GET, HEAD");
    }
    if (hasBody(headers)) {
      return Answer.refused(413, "no body is taken");
    }
    return needsToken && token != null && !knowsToken(token, headers)
        ? Answer.refused(401, "the token is missing or wrong").with("WWW-Authenticate", "Bearer")
        : null;
  }

  private @Nullable Answer foreign(Headers headers) {
    List<String> hosts = headers.getOrDefault("Host", List.of());
    if (hosts.size() != 1 || !isOurs(hosts.get(0))) {
      return Answer.refused(403, "the Host header does not name this server");
    }
    List<String> origins = headers.getOrDefault("Origin", List.of());
    if (origins.size() > 1
        || !origins.stream().allMatch(origin -> isSameSite(origin, hosts.get(0)))) {
      return Answer.refused(403, "the Origin header names another site");
    }
    return null;
  }

  private boolean isOurs(String hostHeader) {
    String name = PORT.matcher(hostHeader.toLowerCase(Locale.ROOT)).replaceFirst("");
    return names.contains(name) || IPV4.matcher(name).matches() || IPV6.matcher(name).matches();
  }

  private static boolean isSameSite(String origin, String hostHeader) {
    return origin.equalsIgnoreCase("http://" + hostHeader)
        || origin.equalsIgnoreCase("https://" + hostHeader);
  }

  private static boolean hasBody(Headers headers) {
    return headers.containsKey("Transfer-Encoding")
        || headers.getOrDefault("Content-Length", List.of()).stream()
            .anyMatch(length -> !length.strip().equals("0"));
  }

  /** Takes as long for a wrong token as for the right one. */
  private static boolean knowsToken(byte[] token, Headers headers) {
    String given = headers.getFirst("Authorization");
    if (given == null || !given.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return false;
    }
    byte[] bytes = given.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(token, bytes);
  }
}
