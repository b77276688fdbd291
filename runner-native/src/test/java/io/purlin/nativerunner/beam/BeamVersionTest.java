package io.purlin.nativerunner.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.beam.runners.core.StateTag;
import org.apache.beam.runners.core.StateTags;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.junit.jupiter.api.Test;

class BeamVersionTest {
  @Test
  void theVersionThatIsBuiltWithPassesAndItsPatchReleasesToo() {
    String built = ReleaseInfo.getReleaseInfo().getVersion();
    BeamVersion.check(built);
    BeamVersion.check(built.substring(0, built.lastIndexOf('.')) + ".9");
  }

  @Test
  void anotherIsRefusedWithWhatToDo() {
    assertThatThrownBy(() -> BeamVersion.check("2.7.0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Beam 2.7.0 is on the class path")
        .hasMessageContaining(BeamLine.VERSIONS.get(0))
        .hasMessageContaining("-Dbeam.version=2.7.0");
  }

  @Test
  void theRunnersOwnStateIsToldFromUserCodes() {
    StateTag<?> user = StateTags.value("sum", VarLongCoder.of());
    assertThat(BeamTags.isSystem(user)).isFalse();
    assertThat(BeamTags.isSystem(StateTags.makeSystemTagInternal(user))).isTrue();
  }
}
