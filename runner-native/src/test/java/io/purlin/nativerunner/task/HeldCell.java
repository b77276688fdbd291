package io.purlin.nativerunner.task;

import io.purlin.state.Cell;
import io.purlin.state.CellType;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** A cell that is there and holds nothing else. */
final class HeldCell extends Cell {
  static final CellType<HeldCell> TYPE =
      new CellType<>() {
        @Override
        public HeldCell create() {
          return new HeldCell();
        }

        @Override
        public String kind() {
          return "held/1";
        }

        @Override
        public Map<String, String> prints() {
          return Map.of();
        }

        @Override
        public void write(HeldCell cell, OutputStream out) {}

        @Override
        public void read(HeldCell cell, InputStream in) {}
      };
}
