package io.purlin.conformance.simulation.bug;

import io.purlin.conformance.simulation.kafka.ModelBroker;
import io.purlin.conformance.simulation.kafka.ModelProducer;
import io.purlin.conformance.simulation.world.Life;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says nothing of a record that was not written. */
final class ForgivingProducer extends ModelProducer {
  ForgivingProducer(ModelBroker broker, Life life, Map<String, Object> configuration) {
    super(broker, life, configuration);
  }

  @Override
  protected @Nullable RuntimeException failSend(RuntimeException cause) {
    life().world().trace().add(life() + " a send fails, and nobody is told");
    return null;
  }
}
