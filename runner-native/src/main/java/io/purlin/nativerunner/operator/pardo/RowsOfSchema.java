package io.purlin.nativerunner.operator.pardo;

import io.purlin.nativerunner.element.Receiver;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Gives rows the schema of their collection, where they come with another one.
 *
 * <p>Some of Beam's schema transforms emit rows that name fields as an inner schema does, and count
 * on the coder to give them the names of the output. Nothing is encoded here between two steps, so
 * that such a row is made anew, by the coder; a row that has the collection's schema is passed on.
 * Used by the task's thread.
 */
final class RowsOfSchema {
  private final Coder<Row> coder;
  private Schema schema;

  private RowsOfSchema(SchemaCoder<Row> coder) {
    this.coder = coder;
    this.schema = coder.getSchema();
  }

  /** The way to a receiver for elements of a coder: the receiver itself if they are no rows. */
  static Receiver before(Receiver next, @Nullable Coder<?> coder) {
    if (coder instanceof KvCoder<?, ?> pair) {
      RowsOfSchema keys = of(pair.getKeyCoder());
      RowsOfSchema values = of(pair.getValueCoder());
      return keys == null && values == null
          ? next
          : value -> next.receive(pair(value, keys, values));
    }
    RowsOfSchema rows = of(coder);
    return rows == null ? next : value -> next.receive(rows.of(value));
  }

  // The class of the values is checked.
  @SuppressWarnings("unchecked")
  private static @Nullable RowsOfSchema of(@Nullable Coder<?> coder) {
    return coder instanceof SchemaCoder<?> schemas
            && schemas.getEncodedTypeDescriptor().getRawType().equals(Row.class)
        ? new RowsOfSchema((SchemaCoder<Row>) schemas)
        : null;
  }

  private static @Nullable Object pair(
      @Nullable Object value, @Nullable RowsOfSchema keys, @Nullable RowsOfSchema values) {
    if (!(value instanceof KV<?, ?> pair)) {
      return value;
    }
    Object key = keys == null ? pair.getKey() : keys.of(pair.getKey());
    Object content = values == null ? pair.getValue() : values.of(pair.getValue());
    return key == pair.getKey() && content == pair.getValue() ? pair : KV.of(key, content);
  }

  private @Nullable Object of(@Nullable Object value) {
    if (!(value instanceof Row row)) {
      return value;
    }
    Schema its = row.getSchema();
    if (its.equals(schema)) {
      // The same object comes again, and is compared faster than an equal one.
      schema = its;
      return row;
    }
    try {
      return CoderUtils.clone(coder, row);
    } catch (CoderException e) {
      throw UserCodeException.wrap(e);
    }
  }
}
