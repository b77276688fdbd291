package io.purlin.conformance.faults.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Writes strings as Beam does, and is another coder. */
final class OtherStringCoder extends AtomicCoder<String> {
  private static final long serialVersionUID = 1L;

  @Override
  public void encode(String value, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(value, out);
  }

  @Override
  public String decode(InputStream in) throws IOException {
    return StringUtf8Coder.of().decode(in);
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
