package io.purlin.nativerunner.beam;

import java.util.List;

/** The Beam versions for which the classes of this folder are written. */
final class BeamLine {
  static final List<String> VERSIONS = List.of("2.73.0");

  private BeamLine() {}
}
