package io.purlin.conformance.canary;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Values that tell where they came from. Stateless. */
final class Canaries {
  static final String TOKEN = "canary-rest-token-51c0";
  static final String PASSWORD = "canary-option-password-88a1";
  static final String URL = "canary-url-password-2e7f";
  static final String JAAS = "canary-jaas-password-9d31";
  static final String KEYSTORE = "canary-keystore-password-04be";

  /** Is in no option, only in the message of an exception. */
  static final String THROWN = "canary-thrown-password-6f6f";

  /** Is no secret: where even this is not found, nothing was looked at. */
  static final String CONTROL = "control-region-7c3a";

  private static final List<String> SECRETS = List.of(TOKEN, PASSWORD, URL, JAAS, KEYSTORE, THROWN);

  private static final List<Charset> CHARSETS = List.of(UTF_8, UTF_16BE, UTF_16LE);

  private Canaries() {}

  /** The secrets in a text. */
  static List<String> secretsIn(String text) {
    return secretsIn(text.getBytes(UTF_8));
  }

  /** The secrets in bytes, however they are written there. */
  static List<String> secretsIn(byte[] bytes) {
    return SECRETS.stream().filter(each -> isIn(each, bytes)).toList();
  }

  /** The secrets in the files of a directory and those below it, with the names of the files. */
  static List<String> secretsBelow(Path directory) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : filesBelow(directory)) {
      secretsIn(bytes(file)).forEach(each -> found.add(each + " in " + file));
    }
    return found;
  }

  /** Whether the one that is no secret is in a file of a directory or of those below it. */
  static boolean isControlBelow(Path directory) throws IOException {
    return filesBelow(directory).stream().anyMatch(file -> isIn(CONTROL, bytes(file)));
  }

  private static List<Path> filesBelow(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      // A job that runs deletes what it does not need.
      return filesBelow(directory);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isIn(String canary, byte[] bytes) {
    // One character a byte, so that any bytes can be searched as text.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return CHARSETS.stream()
            .map(each -> new String(canary.getBytes(each), StandardCharsets.ISO_8859_1))
            .anyMatch(text::contains)
        || text.contains(
            Base64.getEncoder().withoutPadding().encodeToString(canary.getBytes(UTF_8)));
  }
}
