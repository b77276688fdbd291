package io.purlin.nativerunner.checkpoint.storage;

import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredFile;
import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredPart;
import io.purlin.sdk.connector.CheckpointId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Manifests as bytes of a fixed Avro schema, checked for sense when read. */
final class ManifestFile {
  private static final Schema SCHEMA = schema("manifest-1.avsc");
  private static final Schema FILE = SCHEMA.getField("files").schema().getElementType();
  private static final Schema PART = SCHEMA.getField("parts").schema().getElementType();

  private ManifestFile() {}

  private static Schema schema(String name) {
    try (InputStream in = ManifestFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the schema " + name + " is not on the class path");
      }
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] encode(Manifest manifest) throws IOException {
    GenericRecord record = new GenericData.Record(SCHEMA);
    record.put("jobName", manifest.jobName());
    record.put("number", manifest.id().number());
    record.put("token", manifest.id().token());
    record.put("timeMillis", manifest.timeMillis());
    record.put("maxParallelism", manifest.maxParallelism());
    record.put("files", manifest.files().stream().map(ManifestFile::record).toList());
    record.put("parts", manifest.parts().stream().map(ManifestFile::record).toList());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(SCHEMA).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static GenericRecord record(StoredFile file) {
    GenericRecord record = new GenericData.Record(FILE);
    record.put("name", file.name());
    record.put("lengthBytes", file.lengthBytes());
    record.put("crc32c", file.crc32c());
    return record;
  }

  private static GenericRecord record(StoredPart part) {
    GenericRecord record = new GenericData.Record(PART);
    PartSpec spec = part.spec();
    record.put("transform", spec.transform());
    record.put("kind", spec.kind().name());
    record.put("scope", spec.scope().of().name());
    record.put("first", spec.scope().first());
    record.put("last", spec.scope().last());
    record.put("fingerprints", spec.fingerprints());
    record.put("file", part.file());
    record.put("offsetBytes", part.offsetBytes());
    record.put("lengthBytes", part.lengthBytes());
    record.put("crc32c", part.crc32c());
    return record;
  }

  /**
   * Reads what was written.
   *
   * @param file where the bytes come from, to be named in errors
   */
  static Manifest decode(byte[] bytes, Path file) throws IOException {
    try {
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
      GenericRecord record = new GenericDatumReader<GenericRecord>(SCHEMA).read(null, decoder);
      if (!decoder.isEnd()) {
        throw new CheckpointCorruptException(file, "goes on after its end");
      }
      Manifest manifest = manifest(record);
      check(manifest, file);
      return manifest;
    } catch (RuntimeException e) {
      throw new CheckpointCorruptException(file, "is not a manifest: " + e.getMessage(), e);
    }
  }

  private static Manifest manifest(GenericRecord record) {
    List<StoredFile> files = new ArrayList<>();
    for (GenericRecord each : records(record.get("files"))) {
      files.add(new StoredFile(text(each.get("name")), number(each, "lengthBytes"), crc(each)));
    }
    List<StoredPart> parts = new ArrayList<>();
    for (GenericRecord each : records(record.get("parts"))) {
      parts.add(part(each));
    }
    return new Manifest(
        text(record.get("jobName")),
        new CheckpointId(number(record, "number"), text(record.get("token"))),
        number(record, "timeMillis"),
        (int) number(record, "maxParallelism"),
        files,
        parts);
  }

  private static StoredPart part(GenericRecord record) {
    Map<String, String> prints = new HashMap<>();
    ((Map<?, ?>) record.get("fingerprints"))
        .forEach((what, form) -> prints.put(text(what), text(form)));
    PartScope scope =
        new PartScope(
            PartScope.Of.valueOf(text(record.get("scope"))),
            (int) number(record, "first"),
            (int) number(record, "last"));
    PartSpec.Kind kind = PartSpec.Kind.valueOf(text(record.get("kind")));
    return new StoredPart(
        new PartSpec(text(record.get("transform")), kind, scope, prints),
        text(record.get("file")),
        number(record, "offsetBytes"),
        number(record, "lengthBytes"),
        crc(record));
  }

  private static List<GenericRecord> records(@Nullable Object array) {
    List<GenericRecord> records = new ArrayList<>();
    for (Object each : (List<?>) Objects.requireNonNull(array)) {
      records.add((GenericRecord) each);
    }
    return records;
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }

  private static long number(GenericRecord record, String field) {
    return ((Number) record.get(field)).longValue();
  }

  private static int crc(GenericRecord record) {
    return (int) number(record, "crc32c");
  }

  private static void check(Manifest manifest, Path file) throws IOException {
    Map<String, Long> lengths = new HashMap<>();
    for (StoredFile each : manifest.files()) {
      if (!JobLayout.isPlain(each.name())) {
        throw new CheckpointCorruptException(file, "names the file \"" + each.name() + "\"");
      }
      if (each.lengthBytes() < 0 || lengths.put(each.name(), each.lengthBytes()) != null) {
        throw new CheckpointCorruptException(
            file, each.name() + " is listed twice or has " + each.lengthBytes() + " bytes");
      }
    }
    for (StoredPart each : manifest.parts()) {
      Long length = lengths.get(each.file());
      if (length == null
          || each.offsetBytes() < 0
          || each.lengthBytes() < 0
          || each.lengthBytes() > length - each.offsetBytes()) {
        throw new CheckpointCorruptException(
            file,
            each.spec()
                + " would be "
                + each.lengthBytes()
                + " bytes at "
                + each.offsetBytes()
                + " of "
                + each.file());
      }
    }
  }
}
