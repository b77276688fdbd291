package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.operator.ViewWriterOperator;
import io.purlin.nativerunner.operator.VoidKeyOperator;
import io.purlin.nativerunner.window.GroupingFactory;
import io.purlin.nativerunner.window.GroupingSpec;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PCollectionViews;

/**
 * The writing of a side input: all elements of a window are grouped in one task by the trigger of
 * the collection, and each pane replaces what the view held.
 *
 * <p>What a view of one value holds is the latest firing before it. Firings that come together are
 * in one pane here, so that elements bring the number of theirs, and the writer takes the last.
 */
final class ViewTranslator implements TransformTranslator<View.CreatePCollectionView<?, ?>> {
  @Override
  public void translate(
      AppliedPTransform<?, ?, ?> application,
      View.CreatePCollectionView<?, ?> transform,
      GraphBuilder graph) {
    PCollection<?> input = GraphBuilder.mainInput(application);
    PCollectionView<?> view = transform.getView();
    boolean singleton = view.getViewFn() instanceof PCollectionViews.IsSingletonView<?>;
    int keyed =
        graph.step(application, "/Key", context -> new VoidKeyOperator(singleton, context), null);
    graph.connect(input, keyed, Partitioning.FORWARD);
    int grouped =
        graph.step(
            application,
            "/Group",
            new GroupingFactory(
                new GroupingSpec(
                    application.getFullName() + "/Group",
                    VoidCoder.of(),
                    singleton ? KvCoder.of(VarLongCoder.of(), input.getCoder()) : input.getCoder(),
                    input.getWindowingStrategy(),
                    null)),
            null);
    graph.connect(keyed, grouped, Partitioning.SINGLE);
    int written =
        graph.step(
            application,
            "/Write",
            context -> new ViewWriterOperator(view, graph.sideInputs(), singleton, context),
            null);
    graph.connect(grouped, written, Partitioning.FORWARD);
    // Nobody reads the output, yet a pipeline may hold on to it as an input of the reading step.
    application.getOutputs().values().forEach(output -> graph.produce(output, written, 0));
  }
}
