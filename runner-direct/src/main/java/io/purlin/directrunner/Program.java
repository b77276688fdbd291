package io.purlin.directrunner;

import org.apache.beam.sdk.Pipeline;

/** A pipeline that can be built again for every runner it is to be run on. */
@FunctionalInterface
public interface Program {
  /**
   * Builds the pipeline and names what is to be compared.
   *
   * @param pipeline empty; takes the transforms
   * @param session whose {@link CaptureSession#capture} records a collection
   */
  void build(Pipeline pipeline, CaptureSession session);
}
