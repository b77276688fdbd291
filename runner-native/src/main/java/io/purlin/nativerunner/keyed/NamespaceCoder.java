package io.purlin.nativerunner.keyed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.StateNamespaces;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.StructuredCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/** Writes a state namespace as its string key. Immutable. */
final class NamespaceCoder extends StructuredCoder<StateNamespace> {
  private static final long serialVersionUID = 1L;

  private final Coder<? extends BoundedWindow> windowCoder;

  NamespaceCoder(Coder<? extends BoundedWindow> windowCoder) {
    this.windowCoder = windowCoder;
  }

  @Override
  public void encode(StateNamespace namespace, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(namespace.stringKey(), out);
  }

  @Override
  public StateNamespace decode(InputStream in) throws IOException {
    return StateNamespaces.fromString(StringUtf8Coder.of().decode(in), windowCoder);
  }

  @Override
  public List<? extends Coder<?>> getCoderArguments() {
    return List.of(windowCoder);
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    windowCoder.verifyDeterministic();
  }
}
