package io.purlin.conformance.differential.recipe;

import io.purlin.directrunner.CaptureSession;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * What a step that is being added to a pipeline sees of it.
 *
 * @param whole the input of the whole pipeline, in the global window
 * @param source of it, what the first step takes
 * @param session records what is to be compared
 * @param name of the step, unique in the pipeline
 */
public record Flow(
    PCollection<KV<String, Integer>> whole,
    PCollection<KV<String, Integer>> source,
    CaptureSession session,
    String name) {
  /** The same with another name. */
  public Flow named(String other) {
    return new Flow(whole, source, session, other);
  }

  /** The name of a part of the step. */
  public String name(String part) {
    return name + " " + part;
  }

  /** Records what a part of the step makes, to be compared. */
  public <T> PCollection<T> captured(String part, PCollection<T> made) {
    made.apply(name("capture " + part), session.capture(name(part)));
    return made;
  }
}
