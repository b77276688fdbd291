package io.purlin.conformance.faults.rows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All rows. */
public final class Matrix {
  /** In order. */
  public static final List<Row> ROWS =
      Stream.of(
              List.of(
                  new RandomKills(),
                  new KillPoints(),
                  new PowerCuts(),
                  new ManyRestarts(),
                  new ManyTransactions(),
                  new FullDisk(),
                  new WorkingDisk(),
                  new SlowSink(),
                  new HugeRecords()),
              KilledAgain.rows(),
              BrokerAway.rows(),
              BadNetwork.rows(),
              RunnerHeld.rows(),
              TwoRunners.rows(),
              DamagedFiles.rows(),
              UserFailures.rows(),
              Stops.rows(),
              Changes.rows(),
              ChangedPipelines.rows(),
              Markers.rows())
          .flatMap(List::stream)
          .sorted(Comparator.comparing(Row::id))
          .toList();

  private Matrix() {}

  /**
   * The rows of the given names.
   *
   * @throws IllegalArgumentException when one does not exist
   */
  public static List<Row> only(List<String> names) {
    List<Row> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(
          ROWS.stream()
              .filter(row -> row.id().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("there is no row " + name)));
    }
    return chosen;
  }
}
