package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.sdk.NativePipelineOptions;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a job in the JVM that it ran in. */
class EndedJobTest {
  private static final int MOST_COLLECTIONS = 20;
  private static final Queue<WeakReference<Thing>> THINGS = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void nothingOfItIsKept(int parallelism) {
    THINGS.clear();
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setParallelism(parallelism);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(GenerateSequence.from(0).to(100))
        .apply(ParDo.of(new MakeThings()))
        .setCoder(KvCoder.of(VarLongCoder.of(), SerializableCoder.of(Thing.class)))
        .apply(GroupByKey.create())
        .apply(ParDo.of(new TakeThings()));

    PipelineResult result = pipeline.run();
    assertThat(result.waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);

    assertThat(THINGS).hasSize(100);
    for (int i = 0; i < MOST_COLLECTIONS && kept() > 0; i++) {
      System.gc();
    }
    assertThat(kept()).isZero();
    // Not even whoever still has the result has what the job worked on.
    assertThat(result.getState()).isEqualTo(PipelineResult.State.DONE);
  }

  private static long kept() {
    return THINGS.stream().filter(each -> each.get() != null).count();
  }

  /** An element. */
  private static final class Thing implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private static final class MakeThings extends DoFn<Long, KV<Long, Thing>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(ProcessContext context) {
      Thing thing = new Thing();
      THINGS.add(new WeakReference<>(thing));
      context.output(KV.of(context.element() % 10, thing));
    }
  }

  private static final class TakeThings extends DoFn<KV<Long, Iterable<Thing>>, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(ProcessContext context) {
      context.output(context.element().getKey());
    }
  }
}
