package io.purlin.nativerunner.beam;

import org.apache.beam.runners.core.StateTag;
import org.apache.beam.runners.core.StateTags;

/** Whose a state is. Stateless. */
public final class BeamTags {
  private BeamTags() {}

  /** Whether a state is the runner's own, and not user code's. */
  public static boolean isSystem(StateTag<?> tag) {
    return StateTags.isSystemTagInternal(tag);
  }
}
