package io.purlin.pipelines.flink;

import io.purlin.pipelines.kafka.TopicReader;
import io.purlin.pipelines.kafka.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** What stands in a topic, without its order: that is one of partitions and tasks. */
final class WrittenRecords {
  private WrittenRecords() {}

  /** Key and value of each committed record, sorted; a record that is there twice is twice here. */
  static List<String> of(String servers, String topic) {
    List<String> records = new ArrayList<>();
    HexFormat hex = HexFormat.of();
    try (Topics topics = Topics.at(servers);
        TopicReader reader = new TopicReader(servers)) {
      reader.read(
          topics.starts(topic),
          record -> records.add(hex.formatHex(record.key()) + "=" + hex.formatHex(record.value())));
    }
    Collections.sort(records);
    return records;
  }
}
