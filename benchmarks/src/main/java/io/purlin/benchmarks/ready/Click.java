package io.purlin.benchmarks.ready;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;

/**
 * A user clicks.
 *
 * @param user who, from 0
 * @param millis when
 */
public record Click(long user, long millis) implements Serializable {
  /** Two longs. */
  public static final Coder<Click> CODER = new ClickCoder();

  private static final class ClickCoder extends AtomicCoder<Click> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Click value, OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeLong(value.user);
      data.writeLong(value.millis);
    }

    @Override
    public Click decode(InputStream in) throws IOException {
      DataInputStream data = new DataInputStream(in);
      return new Click(data.readLong(), data.readLong());
    }

    private Object readResolve() {
      return CODER;
    }
  }
}
