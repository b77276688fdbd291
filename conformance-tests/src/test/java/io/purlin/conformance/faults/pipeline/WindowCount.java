package io.purlin.conformance.faults.pipeline;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;

/** Makes a result of a window's count. */
final class WindowCount extends DoFn<KV<String, Long>, KV<String, String>> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(
      @Element KV<String, Long> element,
      IntervalWindow window,
      OutputReceiver<KV<String, String>> out) {
    out.output(
        ResultLine.of(
            ResultLine.WINDOW, element.getKey(), window.start().getMillis(), element.getValue()));
  }
}
