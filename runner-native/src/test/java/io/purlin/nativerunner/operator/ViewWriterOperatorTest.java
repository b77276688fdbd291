package io.purlin.nativerunner.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.operator.pardo.ParDoHarness;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.state.StateMemory;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;

class ViewWriterOperatorTest {
  private final PipelineOptions options =
      PipelineOptionsFactory.fromArgs("--runner=NativeRunner").create();
  private final PCollectionView<List<String>> view =
      Pipeline.create(options).apply(Create.of("a")).apply(View.asList());
  private final SideInputStore store = new SideInputStore(List.of(view));
  private final CurrentElement current = new CurrentElement();

  private ViewWriterOperator writer(ViewForm form) {
    current.set(0, CurrentElement.GLOBAL, PaneInfo.NO_FIRING, Marks.NONE);
    ParDoHarness around = new ParDoHarness();
    OperatorContext context =
        new OperatorContext(
            "view",
            0,
            0,
            1,
            128,
            current,
            around,
            around,
            around.clock,
            store,
            options,
            StateMemory.unlimited(),
            new Standstill());
    return new ViewWriterOperator(view, store, form, context);
  }

  @Test
  void aPaneReplacesWhatTheViewHeld() {
    ViewWriterOperator writer = writer(ViewForm.ALL);
    writer.receive(KV.of(null, List.of("a", "b")));
    writer.receive(KV.of(null, List.of("c")));
    assertThat(store.get(view, GlobalWindow.INSTANCE)).containsExactly("c");
  }

  @Test
  void ofFiringsThatComeTogetherTheLastIsHeld() {
    ViewWriterOperator writer = writer(ViewForm.LATEST);
    writer.receive(KV.of(null, List.of(KV.of(3L, "c"), KV.of(4L, "d"), KV.of(2L, "b"))));
    assertThat(store.get(view, GlobalWindow.INSTANCE)).containsExactly("d");
  }

  @Test
  void allOfOneFiringAreHeld() {
    ViewWriterOperator writer = writer(ViewForm.LATEST);
    writer.receive(KV.of(null, List.of(KV.of(0L, "a"), KV.of(0L, "b"))));
    assertThat(store.get(view, GlobalWindow.INSTANCE)).containsExactlyInAnyOrder("a", "b");
  }
}
