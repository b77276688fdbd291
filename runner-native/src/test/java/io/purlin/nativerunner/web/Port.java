package io.purlin.nativerunner.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Talks to a port of this machine in bytes of the test's own making. */
final class Port {
  private static final int MOST_MILLIS = 20_000;

  private final int port;

  Port(int port) {
    this.port = port;
  }

  /** What comes back until the other side closes, in order or at once. */
  String send(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(MOST_MILLIS);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try (InputStream in = socket.getInputStream()) {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        for (int next = in.read(); next >= 0; next = in.read()) {
          answer.write(next);
        }
      } catch (SocketException e) {
        // The other side did not read all that was sent.
      }
      return answer.toString(StandardCharsets.UTF_8);
    }
  }

  /** The answer to a request for a path, which may be any text, with headers of ours. */
  String get(String path, String... headers) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\n" + lines(headers));
  }

  private String lines(String... headers) {
    StringBuilder lines = new StringBuilder("Host: 127.0.0.1:" + port + "\r\n");
    for (String header : headers) {
      if (header.startsWith("Host:")) {
        lines.setLength(0);
      }
      lines.append(header).append("\r\n");
    }
    return lines.append("Connection: close\r\n\r\n").toString();
  }

  /** The status of an answer. */
  static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }
}
