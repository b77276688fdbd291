package io.purlin.state;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** A cell that counts. */
final class CountCell extends Cell {
  static final CellType<CountCell> TYPE =
      new CellType<>() {
        @Override
        public CountCell create() {
          return new CountCell();
        }

        @Override
        public Coder<?> contentCoder() {
          return VarLongCoder.of();
        }
      };

  long count;

  void increment() {
    touch();
    count++;
  }
}
