package io.purlin.nativerunner.beam;

import java.util.List;

/** Whether the Beam version on the class path is one that this build runs with. */
public final class BeamVersion {
  private BeamVersion() {}

  /**
   * Refuses a Beam version whose classes do not fit. A patch release of a supported version passes.
   *
   * @param version of the Beam SDK on the class path, such as {@code 2.73.0}
   * @throws IllegalArgumentException when the version is not one of this build's, saying what to do
   */
  public static void check(String version) {
    List<String> supported = BeamLine.VERSIONS;
    if (supported.stream().anyMatch(each -> release(each).equals(release(version)))) {
      return;
    }
    throw new IllegalArgumentException(
        "Beam "
            + version
            + " is on the class path, and this build of the native runner runs with Beam "
            + String.join(" and ", supported)
            + ". Take that version of Beam, or build the runner with -Dbeam.version="
            + version
            + " if its README names it.");
  }

  private static String release(String version) {
    String[] parts = version.split("[.-]", 3);
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }
}
