package io.purlin.benchmarks.datastream;

import io.purlin.benchmarks.ready.InputSpec;
import io.purlin.benchmarks.ready.ReadyInput;
import io.purlin.benchmarks.side.Tally;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decodes elements for Flink's generator source, which gives each of its readers a stretch of
 * numbers that follow each other. They are dealt out like cards, so that all readers are equally
 * far in event time. Owned by the thread of its reader.
 */
final class Decode<T> implements GeneratorFunction<Long, T> {
  private static final long serialVersionUID = 1L;

  private final InputSpec spec;
  private final int readers;
  private transient @Nullable ReadyInput<T> input;

  Decode(InputSpec spec, int readers) {
    this.spec = spec;
    this.readers = readers;
  }

  @Override
  public void open(SourceReaderContext context) {
    Tally.reading();
  }

  @SuppressWarnings("unchecked") // whoever names the input knows its type
  private ReadyInput<T> input() {
    ReadyInput<T> known = input;
    if (known == null) {
      known = (ReadyInput<T>) spec.input();
      input = known;
    }
    return known;
  }

  @Override
  public T map(Long number) {
    ReadyInput<T> elements = input();
    int size = elements.size();
    // As Flink splits a range: the first of the readers take one more where it does not come out.
    int least = size / readers;
    int longer = size % readers;
    int i = number.intValue();
    int inLonger = longer * (least + 1);
    int reader = i < inLonger ? i / (least + 1) : longer + (i - inLonger) / least;
    int place = i < inLonger ? i % (least + 1) : (i - inLonger) % least;
    return elements.element(place * readers + reader);
  }
}
