package io.purlin.state.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReusedBytesTest {
  @Test
  void givesBackWhatOneLargeEncodingTook() {
    ReusedBytes bytes = new ReusedBytes();
    bytes.writeBytes(new byte[3_000_000]);
    assertThat(bytes.toByteArray()).hasSize(3_000_000);
    bytes.begin();
    assertThat(bytes.size()).isZero();
    assertThat(bytes.capacity()).isLessThan(1_000);
    bytes.writeBytes(new byte[] {1, 2});
    assertThat(bytes.toByteArray()).containsExactly(1, 2);
  }

  @Test
  void keepsWhatItWillNeedAgain() {
    ReusedBytes bytes = new ReusedBytes();
    bytes.writeBytes(new byte[500_000]);
    bytes.begin();
    assertThat(bytes.size()).isZero();
    assertThat(bytes.capacity()).isGreaterThanOrEqualTo(500_000);
  }
}
