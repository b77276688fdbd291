package io.purlin.pipelines.broker;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one broker for all of them, started when the first asks and ended after the last. */
public final class SharedBroker implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == EmbeddedBroker.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(Namespace.create(SharedBroker.class))
        .getOrComputeIfAbsent("broker", key -> new Held(EmbeddedBroker.start()), Held.class)
        .broker;
  }

  /** Closed by JUnit at the end of the whole run. */
  private record Held(EmbeddedBroker broker) implements AutoCloseable {
    @Override
    public void close() {
      broker.close();
    }
  }
}
