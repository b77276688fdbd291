package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.sdk.NativePipelineOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;

/** What coders have a say in between steps that are called directly. */
class CodersTest {
  private static final Schema INNER = Schema.builder().addInt64Field("inner").build();
  private static final Schema OUTER = Schema.builder().addInt64Field("outer").build();

  private static Pipeline pipeline(String... arguments) {
    NativePipelineOptions options =
        PipelineOptionsFactory.fromArgs(arguments).as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setParallelism(1);
    return Pipeline.create(options);
  }

  @Test
  void aRowHasTheSchemaOfItsCollection() {
    Pipeline pipeline = pipeline();
    PCollection<Long> fields =
        pipeline
            .apply(Create.of(7L))
            .apply(MapElements.into(TypeDescriptors.rows()).via(CodersTest::inner))
            .setCoder(RowCoder.of(OUTER))
            .apply(MapElements.into(TypeDescriptors.longs()).via(CodersTest::outer));
    PAssert.that(fields).containsInAnyOrder(7L);

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  /** Between such a source and what drops repeated records, elements go with their ids. */
  @Test
  void elementsOfASourceThatRepeatsRecordsAreEncodedWithoutTheirIds() {
    Pipeline pipeline = pipeline("--enforceEncodability=true", "--checkpointingInterval=0");
    PAssert.that(pipeline.apply(Read.from(new RepeatingSource(3)))).containsInAnyOrder(0L, 1L, 2L);

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  @Test
  void soHaveTheRowsOfAPair() {
    Pipeline pipeline = pipeline();
    PCollection<Long> fields =
        pipeline
            .apply(Create.of(7L))
            .apply(
                MapElements.into(new TypeDescriptor<KV<Row, Row>>() {})
                    .via(value -> KV.of(inner(value), inner(value + 1))))
            .setCoder(KvCoder.of(RowCoder.of(OUTER), RowCoder.of(OUTER)))
            .apply(
                MapElements.into(TypeDescriptors.longs())
                    .via(pair -> outer(pair.getKey()) * 10 + outer(pair.getValue())));
    PAssert.that(fields).containsInAnyOrder(78L);

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  private static Row inner(long value) {
    return Row.withSchema(INNER).addValue(value).build();
  }

  private static long outer(Row row) {
    Long value = row.getInt64("outer");
    if (value == null) {
      throw new IllegalStateException("no value in " + row);
    }
    return value;
  }

  @Test
  void elementsAreNotEncodedBetweenStepsOfAChain() {
    Pipeline pipeline = pipeline();
    PAssert.that(countedWith(pipeline, new Undecodable())).containsInAnyOrder(3L);

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  @Test
  void whereAskedForTheyAre() {
    Pipeline pipeline = pipeline("--enforceEncodability=true");
    countedWith(pipeline, new Undecodable());
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasRootCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("never decodes");

    Pipeline good = pipeline("--enforceEncodability=true");
    PAssert.that(countedWith(good, VarLongCoder.of())).containsInAnyOrder(3L);
    assertThat(good.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  /** Though nothing is encoded in one chain: another runner, or a later version, would need it. */
  @Test
  void aCoderThatCannotBeSerializedIsRefusedByTheNameOfItsCollection() {
    Pipeline pipeline = pipeline();
    countedWith(pipeline, new Unserializable());

    assertThatThrownBy(pipeline::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the coder of first")
        .hasRootCauseMessage("stays here");
  }

  private static PCollection<Long> countedWith(Pipeline pipeline, Coder<Long> coder) {
    return pipeline
        .apply(Create.of(List.of(1L)))
        .apply("first", MapElements.into(TypeDescriptors.longs()).via((Long one) -> one + 1))
        .setCoder(coder)
        .apply("second", MapElements.into(TypeDescriptors.longs()).via((Long two) -> two + 1));
  }

  private static class NumberCoder extends CustomCoder<Long> {
    @Override
    public void encode(Long value, OutputStream out) throws IOException {
      VarLongCoder.of().encode(value, out);
    }

    @Override
    public Long decode(InputStream in) throws IOException {
      return VarLongCoder.of().decode(in);
    }
  }

  /** Encodes and never decodes. */
  private static final class Undecodable extends NumberCoder {
    @Override
    public Long decode(InputStream in) throws IOException {
      throw new IOException("never decodes");
    }
  }

  /** Never leaves its process. */
  private static final class Unserializable extends NumberCoder {
    private void writeObject(ObjectOutputStream out) throws IOException {
      throw new IOException("stays here");
    }
  }
}
