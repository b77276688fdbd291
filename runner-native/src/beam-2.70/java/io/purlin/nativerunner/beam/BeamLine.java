package io.purlin.nativerunner.beam;

import java.util.List;

/** The Beam versions for which the classes of this folder are written. */
final class BeamLine {
  static final List<String> VERSIONS = List.of("2.70.0", "2.71.0");

  private BeamLine() {}
}
