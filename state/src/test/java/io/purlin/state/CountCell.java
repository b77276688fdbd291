package io.purlin.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.beam.sdk.coders.VarLongCoder;

/** A cell that counts. */
final class CountCell extends Cell {
  static final CellType<CountCell> TYPE = type(false);

  /** Of which a restart may leave on the cold side what is there. */
  static final CellType<CountCell> LASTING = type(true);

  long count;

  private static CellType<CountCell> type(boolean mayStayAway) {
    return new CellType<>() {
      @Override
      public boolean mayStayAway() {
        return mayStayAway;
      }

      @Override
      public CountCell create() {
        return new CountCell();
      }

      @Override
      public String kind() {
        return "count/1";
      }

      @Override
      public Map<String, String> prints() {
        return Map.of();
      }

      @Override
      public void write(CountCell cell, OutputStream out) throws IOException {
        VarLongCoder.of().encode(cell.count, out);
      }

      @Override
      public void read(CountCell cell, InputStream in) throws IOException {
        if (cell.count != 0) {
          throw new IOException("the cell of " + cell.key() + " is read twice");
        }
        cell.count = VarLongCoder.of().decode(in);
      }
    };
  }

  void increment() {
    touch();
    count++;
  }
}
