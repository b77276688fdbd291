package io.purlin.nativerunner.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.BadAttributeValueExpException;
import org.junit.jupiter.api.Test;

/** The filter that docs/security.md advises for elements that Beam reads by itself. */
class SerialFilterDocsTest {
  private static final String FLAG = "-Djdk.serialFilter=";

  private static String pattern() throws IOException {
    return Files.readAllLines(Path.of("..", "docs", "security.md")).stream()
        .filter(line -> line.startsWith(FLAG))
        .map(line -> line.substring(FLAG.length()).replace("'", ""))
        .findFirst()
        .orElseThrow();
  }

  private static Object back(Object written) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(written);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      in.setObjectInputFilter(ObjectInputFilter.Config.createFilter(pattern()));
      return in.readObject();
    }
  }

  @Test
  void itRefusesWhatTheRunnersOwnDoes() throws IOException {
    List<String> refused = Arrays.asList(pattern().split(";", -1));
    for (String gadget : SplitFilter.GADGETS) {
      String tree = "!" + gadget + (gadget.endsWith(".") ? "**" : ".**");
      assertThat(refused).contains(tree);
    }
    assertThat(refused).contains("maxdepth=" + SplitFilter.MOST_DEPTH);
    assertThatThrownBy(() -> back(List.of(new BadAttributeValueExpException("x"))))
        .isInstanceOf(InvalidClassException.class)
        .hasMessageContaining("REJECTED");
  }

  @Test
  void itLetsElementsPass() throws Exception {
    List<Object> element = List.of("text", Map.of(1, 2L), org.joda.time.Instant.EPOCH);
    assertThat(back(element)).isEqualTo(element);
  }
}
