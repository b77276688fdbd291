package io.purlin.pipelines.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.pipelines.broker.SharedBroker;
import io.purlin.pipelines.job.UserError;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class TopicsTest {
  /** Often enough to meet a broker that has not yet heard from its controller. */
  private static final int TOPICS = 100;

  @Test
  void aTopicThatWasCreatedIsThere(EmbeddedBroker broker) {
    String prefix = "there-" + UUID.randomUUID() + "-";
    try (Topics topics = Topics.at(broker.bootstrapServers())) {
      for (int i = 0; i < TOPICS; i++) {
        topics.create(prefix + i, 3);
        assertThat(topics.partitions(prefix + i)).isEqualTo(3);
        assertThat(topics.ends(prefix + i)).hasSize(3);
      }
    }
  }

  @Test
  void aTopicThatIsNotThereIsNamed(EmbeddedBroker broker) {
    try (Topics topics = Topics.at(broker.bootstrapServers())) {
      assertThatThrownBy(() -> topics.partitions("nowhere"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("'nowhere'")
          .hasMessageContaining(broker.bootstrapServers());
    }
  }
}
