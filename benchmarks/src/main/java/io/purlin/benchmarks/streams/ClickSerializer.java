package io.purlin.benchmarks.streams;

import io.purlin.benchmarks.ready.Click;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** Encodes clicks as their coder does. */
final class ClickSerializer implements Serializer<Click> {
  @Override
  public byte[] serialize(String topic, Click click) {
    try {
      return CoderUtils.encodeToByteArray(Click.CODER, click);
    } catch (CoderException e) {
      throw new SerializationException(e);
    }
  }
}
