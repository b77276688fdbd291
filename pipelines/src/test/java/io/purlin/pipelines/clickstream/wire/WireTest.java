package io.purlin.pipelines.clickstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

/** What is written is what the schemas say, read by Avro itself; what is corrupt is refused. */
class WireTest {
  private static final Click CLICK = Click.of(1_767_225_600_123L, "click-7", "usér", "/news/0");

  private static GenericRecord readByAvro(String schema, byte[] bytes) throws IOException {
    try (InputStream in = Objects.requireNonNull(Click.class.getResourceAsStream(schema))) {
      Schema parsed = new Schema.Parser().parse(in);
      return new GenericDatumReader<GenericRecord>(parsed)
          .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }
  }

  @Test
  void aClickFollowsItsSchemaAndComesBack() throws Exception {
    byte[] bytes = CLICK.toWire(new WireWriter());
    assertThat(readByAvro("click.avsc", bytes))
        .hasToString(
            "{\"eventMillis\": 1767225600123, \"id\": \"click-7\", \"user\": \"usér\","
                + " \"page\": \"/news/0\"}");
    assertThat(Click.fromWire(new WireReader(), bytes)).isEqualTo(CLICK);
    assertThat(Click.eventMillis(new WireReader(), bytes)).isEqualTo(CLICK.getEventMillis());
  }

  @Test
  void resultsFollowTheirSchemasAndComeBack() throws Exception {
    PageViews views = PageViews.of(60_000, "/news/0", "Page 0", "news", 12, "ON_TIME", 3);
    byte[] viewBytes = views.toWire(new WireWriter());
    assertThat(readByAvro("page-views.avsc", viewBytes).get("views")).isEqualTo(12L);
    assertThat(readByAvro("page-views.avsc", viewBytes).get("pane")).isEqualTo(3L);
    assertThat(PageViews.fromWire(new WireReader(), viewBytes)).isEqualTo(views);
    UserSession session = UserSession.of(1, 600_001, "user-1", 1, "/a/1", "/a/1", "LATE");
    byte[] sessionBytes = session.toWire(new WireWriter());
    assertThat(readByAvro("user-session.avsc", sessionBytes).get("endMillis")).isEqualTo(600_001L);
    assertThat(UserSession.fromWire(new WireReader(), sessionBytes)).isEqualTo(session);
  }

  @Test
  void everyCutAndEveryByteTooManyIsRefused() {
    byte[] bytes = CLICK.toWire(new WireWriter());
    for (int length = 0; length <= bytes.length + 1; length++) {
      if (length != bytes.length) {
        byte[] wrong = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> Click.fromWire(new WireReader(), wrong))
            .isInstanceOf(CorruptRecordException.class);
      }
    }
    assertThatThrownBy(() -> Click.fromWire(new WireReader(), null))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("it has no value");
  }

  @Test
  void aLengthThatDoesNotFitIsRefusedBeforeMemoryIsTaken() {
    byte[] huge = new WireWriter().begin().write(0).write(Integer.MAX_VALUE).end();
    assertThatThrownBy(() -> Click.fromWire(new WireReader(), huge))
        .hasMessage("a string of length 2147483647 does not fit");
  }
}
