package io.purlin.nativerunner.operator.pardo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.NativeRunner;
import io.purlin.nativerunner.invoke.CallPath;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.Contextful;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.InferableFunction;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The SDK's own transforms of a function, handed their elements both ways. */
class SdkFunctionsTest {
  private final ParDoHarness harness = new ParDoHarness();

  /** What comes out of a transform's DoFn for the elements 1 to 4. */
  private List<String> results(
      PTransform<? super PCollection<Long>, ? extends PCollection<?>> transform, CallPath path)
      throws Exception {
    harness.open(fn(transform), VarLongCoder.of(), path);
    assertThat(harness.isDirect()).isEqualTo(path == CallPath.DIRECT);
    for (long element = 1; element <= 4; element++) {
      harness.element(element, element);
    }
    return harness.out;
  }

  private static DoFn<?, ?> fn(
      PTransform<? super PCollection<Long>, ? extends PCollection<?>> transform) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(NativeRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply("create", Create.of(1L)).apply("transform", transform);
    List<DoFn<?, ?>> found = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            if (node.getFullName().startsWith("transform")
                && node.getTransform() instanceof ParDo.MultiOutput<?, ?> parDo) {
              found.add(parDo.getFn());
            }
          }
        });
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void mapWithALambda(CallPath path) throws Exception {
    assertThat(
            results(
                MapElements.into(TypeDescriptors.longs()).via((Long element) -> element * 2), path))
        .containsExactly("2 @1", "4 @2", "6 @3", "8 @4");
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void mapWithASimpleFunction(CallPath path) throws Exception {
    assertThat(results(MapElements.via(new Next()), path))
        .containsExactly("2 @1", "3 @2", "4 @3", "5 @4");
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void mapWithAnInferableFunction(CallPath path) throws Exception {
    assertThat(results(MapElements.via(new Text()), path))
        .containsExactly("#1 @1", "#2 @2", "#3 @3", "#4 @4");
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void mapWithContext(CallPath path) throws Exception {
    assertThat(
            results(
                MapElements.into(TypeDescriptors.longs())
                    .via(Contextful.fn((Long element) -> element * 3)),
                path))
        .containsExactly("3 @1", "6 @2", "9 @3", "12 @4");
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void flatMap(CallPath path) throws Exception {
    assertThat(
            results(
                FlatMapElements.into(TypeDescriptors.longs())
                    .via(
                        (Long element) ->
                            element % 2 == 0 ? List.of(element, -element) : List.of()),
                path))
        .containsExactly("2 @2", "-2 @2", "4 @4", "-4 @4");
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void filter(CallPath path) throws Exception {
    assertThat(results(Filter.by((Long element) -> element > 2), path))
        .containsExactly("3 @3", "4 @4");
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void failuresOfTheFunctionAreWrapped(CallPath path) {
    assertThatThrownBy(
            () ->
                results(
                    MapElements.into(TypeDescriptors.longs())
                        .via((Long element) -> 6 / (element - 3)),
                    path))
        .isInstanceOf(UserCodeException.class)
        .hasRootCauseInstanceOf(ArithmeticException.class);
    assertThat(harness.out).containsExactly("-3 @1", "-6 @2");
  }

  private static final class Next extends SimpleFunction<Long, Long> {
    @Override
    public Long apply(Long element) {
      return element + 1;
    }
  }

  private static final class Text extends InferableFunction<Long, String> {
    @Override
    public String apply(Long element) {
      return "#" + element;
    }
  }
}
