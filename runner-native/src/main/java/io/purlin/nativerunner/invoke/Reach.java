package io.purlin.nativerunner.invoke;

import org.apache.beam.sdk.transforms.DoFn;

/**
 * What one DoFn instance can reach from where it is called.
 *
 * @param fn the instance
 * @param context where it is called
 * @param ports the way to its outputs
 * @param receivers its outputs as user code sees them
 * @param sideInputs what it can read
 */
record Reach(
    DoFn<Object, Object> fn,
    InvokeContext context,
    OutputPorts ports,
    TaggedReceivers receivers,
    SideInputs sideInputs) {

  // The DoFn's types follow from the pipeline that was built.
  @SuppressWarnings("unchecked")
  static Reach of(DoFnSpec spec, InvokeContext context) {
    OutputPorts ports = new OutputPorts(spec, context);
    return new Reach(
        (DoFn<Object, Object>) spec.fn(),
        context,
        ports,
        new TaggedReceivers(ports, spec.outputs()),
        new SideInputs(spec.sideInputs(), context.sideInputs()));
  }
}
