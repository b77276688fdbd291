package io.purlin.conformance.faults.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** A coder of numbers that fails when it is told, as {@link Trap} says. */
final class TrappedCoder extends AtomicCoder<Long> {
  private static final long serialVersionUID = 1L;

  private final Trap trap;

  TrappedCoder(Trap trap) {
    this.trap = trap;
  }

  @Override
  public void encode(Long value, OutputStream out) throws IOException {
    trap.check("encode");
    VarLongCoder.of().encode(value, out);
  }

  @Override
  public Long decode(InputStream in) throws IOException {
    trap.check("decode");
    return VarLongCoder.of().decode(in);
  }
}
