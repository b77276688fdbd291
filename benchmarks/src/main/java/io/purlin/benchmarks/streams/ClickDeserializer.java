package io.purlin.benchmarks.streams;

import io.purlin.benchmarks.ready.Click;
import io.purlin.benchmarks.side.Tally;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes clicks. The first that is decoded is the first that is read. */
public final class ClickDeserializer implements Deserializer<Click> {
  @Override
  public Click deserialize(String topic, byte[] data) {
    Tally.reading();
    try {
      return Click.CODER.decode(new ByteArrayInputStream(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
