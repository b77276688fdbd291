package io.purlin.state.keys;

import java.util.stream.Collectors;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.SchemaCoder;

/**
 * A coder as text: equal texts stand for coders that read each other's bytes, as far as their
 * classes, their components and their schemas can tell. Stateless.
 */
public final class CoderPrint {
  private CoderPrint() {}

  /** The text of a coder. */
  public static String of(Coder<?> coder) {
    String name = coder.getClass().getName();
    if (coder instanceof SchemaCoder<?> schemaCoder) {
      return name + of(schemaCoder.getSchema());
    }
    if (!coder.getCoderArguments().isEmpty()) {
      return coder.getCoderArguments().stream()
          .map(CoderPrint::of)
          .collect(Collectors.joining(",", name + "(", ")"));
    }
    // Such a coder is its class, or has parameters that nobody else can see.
    return coder instanceof CustomCoder<?>
        ? name + "<" + coder.getEncodedTypeDescriptor() + ">"
        : name;
  }

  private static String of(Schema schema) {
    return schema.getFields().stream()
        .map(field -> field.getName() + ":" + of(field.getType()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String of(FieldType type) {
    StringBuilder text = new StringBuilder(type.getTypeName().toString());
    if (type.getCollectionElementType() != null) {
      text.append('(').append(of(type.getCollectionElementType())).append(')');
    }
    if (type.getMapKeyType() != null && type.getMapValueType() != null) {
      text.append('(').append(of(type.getMapKeyType())).append(',');
      text.append(of(type.getMapValueType())).append(')');
    }
    if (type.getRowSchema() != null) {
      text.append(of(type.getRowSchema()));
    }
    if (type.getLogicalType() != null) {
      text.append('(').append(type.getLogicalType().getIdentifier()).append(')');
    }
    return text.append(Boolean.TRUE.equals(type.getNullable()) ? "?" : "").toString();
  }
}
