package io.purlin.conformance.compiled;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithTimestamps;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * A job with more kinds of steps, and of keys, than a call site can have targets before the
 * compiler gives up: {@code ManySteps <options of the runner>}.
 */
public final class ManySteps {
  /** So many that all that is done for each is compiled, and long enough for that. */
  private static final long ELEMENTS = 3_000_000;

  private static final long KEYS = 1000;

  private ManySteps() {}

  /** Ends with the job. */
  public static void main(String[] args) {
    PipelineOptions options = PipelineOptionsFactory.fromArgs(args).create();
    Pipeline pipeline = Pipeline.create(options);
    count(pipeline, "Longs", VarLongCoder.of(), number -> number % KEYS);
    count(pipeline, "Strings", StringUtf8Coder.of(), number -> Long.toString(number % KEYS));
    count(
        pipeline,
        "Bytes",
        ByteArrayCoder.of(),
        number -> new byte[] {(byte) (number % KEYS), (byte) (number % 7)});
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the job ended " + state);
    }
  }

  private static <K> void count(
      Pipeline pipeline, String name, Coder<K> coder, SerializableFunction<Long, K> key) {
    TypeDescriptor<Long> longs = TypeDescriptors.longs();
    PCollection<Long> numbers =
        pipeline
            .apply(name + "/Read", GenerateSequence.from(0).to(ELEMENTS))
            .apply(name + "/One", MapElements.into(longs).via((Long number) -> number + 1))
            .apply(name + "/Two", MapElements.into(longs).via((Long number) -> number + 2))
            .apply(name + "/Three", MapElements.into(longs).via((Long number) -> number + 3))
            .apply(name + "/Even", Filter.by((Long number) -> number % 2 == 0))
            .apply(name + "/Receiver", ParDo.of(new ByReceiver()))
            .apply(name + "/Context", ParDo.of(new ByContext()));
    numbers
        .apply(name + "/Times", WithTimestamps.of((Long number) -> new Instant(number)))
        .apply(name + "/Windows", Window.into(FixedWindows.of(Duration.standardMinutes(1))))
        .apply(name + "/Key", MapElements.into(new TypeDescriptor<K>() {}).via(key))
        .setCoder(coder)
        .apply(name + "/Count", Count.perElement())
        .apply(name + "/End", ParDo.of(new End<>()));
  }

  private static final class ByReceiver extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<Long> out) {
      out.output(number + 4);
    }
  }

  private static final class ByContext extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(ProcessContext context) {
      context.output(context.element() + 5);
    }
  }

  private static final class End<T> extends DoFn<T, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process() {}
  }
}
