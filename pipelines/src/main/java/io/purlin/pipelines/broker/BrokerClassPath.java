package io.purlin.pipelines.broker;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The class path of the broker's process: the jars that the build has listed, and this package. */
final class BrokerClassPath {
  private static final String LIST = "broker.classpath";

  private BrokerClassPath() {}

  static String read() {
    try (InputStream in = BrokerClassPath.class.getResourceAsStream(LIST)) {
      if (in == null) {
        throw new IllegalStateException(
            "The list of the broker's jars is missing. Build with Maven, or give"
                + " --bootstrapServers=<host:port> of a broker of your own.");
      }
      String jars = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      return ownClasses() + File.pathSeparator + jars;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path ownClasses() {
    try {
      return Path.of(
          BrokerClassPath.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
