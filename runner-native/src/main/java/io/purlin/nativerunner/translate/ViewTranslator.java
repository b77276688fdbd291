package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.operator.ViewForm;
import io.purlin.nativerunner.operator.ViewWriterOperator;
import io.purlin.nativerunner.operator.VoidKeyOperator;
import io.purlin.nativerunner.window.GroupingFactory;
import io.purlin.nativerunner.window.GroupingSpec;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The writing of a side input: all elements of a window are grouped in one task by the trigger of
 * the collection, and each pane replaces what the view held.
 */
final class ViewTranslator implements TransformTranslator<View.CreatePCollectionView<?, ?>> {
  @Override
  public void translate(
      AppliedPTransform<?, ?, ?> application,
      View.CreatePCollectionView<?, ?> transform,
      GraphBuilder graph) {
    PCollection<?> input = GraphBuilder.mainInput(application);
    PCollectionView<?> view = transform.getView();
    ViewForm form = ViewForm.of(view);
    int keyed =
        graph.step(application, "/Key", context -> new VoidKeyOperator(form, context), null);
    graph.connect(input, keyed, Partitioning.FORWARD);
    int grouped =
        graph.step(
            application,
            "/Group",
            new GroupingFactory(
                new GroupingSpec(
                    application.getFullName() + "/Group",
                    VoidCoder.of(),
                    form.coder(input.getCoder()),
                    input.getWindowingStrategy(),
                    null)),
            null);
    graph.connect(keyed, grouped, Partitioning.SINGLE);
    int written =
        graph.step(
            application,
            "/Write",
            context -> new ViewWriterOperator(view, graph.sideInputs(), form, context),
            null);
    graph.connect(grouped, written, Partitioning.FORWARD);
    // Nobody reads the output, yet a pipeline may hold on to it as an input of the reading step.
    application.getOutputs().values().forEach(output -> graph.produce(output, written, 0));
  }
}
