package io.purlin.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Numbers of which every third is so long that its entry stands under a digest. */
final class LongKeyCoder extends AtomicCoder<Long> {
  private static final long serialVersionUID = 1L;
  private static final int LONG_BYTES = 1_500;

  static LongKeyCoder of() {
    return new LongKeyCoder();
  }

  @Override
  public void encode(Long value, OutputStream out) throws IOException {
    // In front, so that the beginnings are the same.
    byte[] padding = new byte[value % 3 == 0 ? LONG_BYTES : 0];
    VarLongCoder.of().encode((long) padding.length, out);
    out.write(padding);
    VarLongCoder.of().encode(value, out);
  }

  @Override
  public Long decode(InputStream in) throws IOException {
    in.skipNBytes(VarLongCoder.of().decode(in));
    return VarLongCoder.of().decode(in);
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
