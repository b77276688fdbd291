package io.purlin.pipelines.clickstream;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.values.PCollection;

/** Coders of values with a schema, for where Beam does not look for one: inside a KV. */
final class Schemas {
  private Schemas() {}

  static <T> Coder<T> coder(PCollection<?> in, Class<T> type) {
    try {
      return in.getPipeline().getSchemaRegistry().getSchemaCoder(type);
    } catch (NoSuchSchemaException e) {
      throw new IllegalStateException(e);
    }
  }
}
