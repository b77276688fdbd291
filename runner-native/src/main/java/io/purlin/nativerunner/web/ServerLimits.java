package io.purlin.nativerunner.web;

import java.util.Map;

/**
 * What callers may ask of the JDK's server, which takes its limits from system properties, once in
 * the life of a process. What was set before stays.
 */
final class ServerLimits {
  private static final Map<String, String> LIMITS =
      Map.of(
          // Seconds until a request has been read, and until an answer has been sent.
          "sun.net.httpserver.maxReqTime", "5",
          "sun.net.httpserver.maxRspTime", "10",
          // Seconds that a connection may do nothing, and how many may.
          "sun.net.httpserver.idleInterval", "15",
          "sun.net.httpserver.maxIdleConnections", "16",
          "jdk.httpserver.maxConnections", "64",
          // More than the guard lets in, so that it can say why.
          "sun.net.httpserver.maxReqHeaders", "100",
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          // Bytes of a body that are read to keep a connection.
          "sun.net.httpserver.drainAmount", "1024");

  private ServerLimits() {}

  /** Sets the limits. Before the first server is made. */
  static void apply() {
    LIMITS.forEach(
        (name, limit) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, limit);
          }
        });
  }
}
