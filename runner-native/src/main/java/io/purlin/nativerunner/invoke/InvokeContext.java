package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.keyed.KeyedScope;
import io.purlin.nativerunner.sideinput.JobSideInputs;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/**
 * Where a DoFn is called.
 *
 * @param current metadata of the element being passed
 * @param step index of the step, for metrics
 * @param sideInputs materialised side inputs
 * @param options the pipeline's options
 * @param finalizer takes callbacks for the end of the bundle
 * @param keyed state and timers; null for a DoFn without
 */
public record InvokeContext(
    CurrentElement current,
    int step,
    JobSideInputs sideInputs,
    PipelineOptions options,
    DoFn.BundleFinalizer finalizer,
    @Nullable KeyedScope keyed) {}
