package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.side.Side;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The peer that is Flink's DataStream API with its Kafka connector: {@code DataStreamCopy
 * <parallelism> <folder of its checkpoints>}. Source and sink are one task, and a record that is
 * read goes from one to the other as it is. The source is bounded, so that the job ends, with a
 * checkpoint that commits what is left.
 */
public final class DataStreamCopy {
  private static final long INTERVAL_MILLIS = 1000;

  /** The sink's default of an hour is more than brokers allow, which is 15 minutes. */
  private static final long TRANSACTION_TIMEOUT_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private DataStreamCopy() {}

  /** Serves as a side. */
  public static void main(String[] args) {
    int parallelism = Integer.parseInt(args[0]);
    Configuration settings =
        Configuration.fromMap(
            Map.of(
                "execution.checkpointing.interval",
                INTERVAL_MILLIS + " ms",
                "execution.checkpointing.storage",
                "filesystem",
                "execution.checkpointing.dir",
                args[1]));
    Side.serve(
        line -> {
          Meter.reset();
          CopyRequest request = CopyRequest.parse(line);
          StreamExecutionEnvironment environment =
              StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
          environment.getConfig().enableObjectReuse();
          environment
              .fromSource(source(request), WatermarkStrategy.noWatermarks(), "Read")
              .sinkTo(sink(request));
          environment.execute(request.to());
          return Meter.stop();
        });
  }

  private static KafkaSource<ConsumerRecord<byte[], byte[]>> source(CopyRequest request) {
    return KafkaSource.<ConsumerRecord<byte[], byte[]>>builder()
        .setBootstrapServers(request.servers())
        .setTopics(request.from())
        .setGroupId(request.to())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setBounded(OffsetsInitializer.latest())
        .setDeserializer(new AsRead())
        .setProperties(properties(CopySettings.CONSUMER))
        .build();
  }

  private static KafkaSink<ConsumerRecord<byte[], byte[]>> sink(CopyRequest request) {
    String to = request.to();
    Properties producer = properties(CopySettings.PRODUCER);
    producer.setProperty("transaction.timeout.ms", Long.toString(TRANSACTION_TIMEOUT_MILLIS));
    return KafkaSink.<ConsumerRecord<byte[], byte[]>>builder()
        .setBootstrapServers(request.servers())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(to)
        .setKafkaProducerConfig(producer)
        .setRecordSerializer(
            (record, context, timestamp) ->
                new ProducerRecord<>(
                    to, null, record.timestamp(), record.key(), record.value(), record.headers()))
        .build();
  }

  private static Properties properties(Map<String, Object> settings) {
    Properties properties = new Properties();
    settings.forEach((name, value) -> properties.setProperty(name, value.toString()));
    return properties;
  }

  /** Leaves a record as the client has it. */
  private static final class AsRead
      implements KafkaRecordDeserializationSchema<ConsumerRecord<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(
        ConsumerRecord<byte[], byte[]> record, Collector<ConsumerRecord<byte[], byte[]>> out) {
      Meter.start();
      out.collect(record);
    }

    @Override
    public TypeInformation<ConsumerRecord<byte[], byte[]>> getProducedType() {
      return TypeInformation.of(new TypeHint<ConsumerRecord<byte[], byte[]>>() {});
    }
  }
}
