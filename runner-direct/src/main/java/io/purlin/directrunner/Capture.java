package io.purlin.directrunner;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.joda.time.Instant;

/** Records every element of a collection, once for each of its windows. */
final class Capture<T> extends PTransform<PCollection<T>, PDone> {
  private final long session;
  private final String output;

  Capture(long session, String output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public PDone expand(PCollection<T> input) {
    input.apply("Record", ParDo.of(new RecordFn<>(session, output, input.getCoder())));
    return PDone.in(input.getPipeline());
  }

  /** Hands each element to its session. */
  private static final class RecordFn<T> extends DoFn<T, Void> {
    private final long session;
    private final String output;
    private final Coder<T> coder;

    RecordFn(long session, String output, Coder<T> coder) {
      this.session = session;
      this.output = output;
      this.coder = coder;
    }

    @ProcessElement
    public void record(
        @Element T element, @Timestamp Instant timestamp, BoundedWindow window, PaneInfo pane) {
      CaptureSession.record(
          session,
          output,
          new CanonicalElement(
              CanonicalForm.of(coder, element), timestamp.getMillis(), window, pane));
    }
  }
}
