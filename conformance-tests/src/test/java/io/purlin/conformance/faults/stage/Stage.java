package io.purlin.conformance.faults.stage;

import io.purlin.pipelines.broker.BrokerVersion;
import io.purlin.pipelines.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The broker that rows share, and the folder for what they leave. Lifetime: that of the command.
 */
public final class Stage implements AutoCloseable {
  private final Path folder;
  private final EmbeddedBroker broker;
  private final Link link;
  private Launch launch;
  private int rounds;
  private Supplier<String> last = () -> "no round";

  private Stage(Launch launch, Path folder, EmbeddedBroker broker, Link link) {
    this.launch = launch;
    this.folder = folder;
    this.broker = broker;
    this.link = link;
    link.to(broker.proxiedPort());
  }

  /** Starts a broker of the ordinary version. */
  public static Stage open(Path folder) {
    return open(folder, BrokerVersion.ordinary());
  }

  /** Starts a broker. */
  public static Stage open(Path folder, BrokerVersion version) {
    create(folder);
    return open(Launch.plain(), folder, version);
  }

  /**
   * Starts a broker, for many starts of the runner: the first stage over new classes plays a short
   * job, which leaves what makes all later starts quicker.
   *
   * @param patience how many times longer than on a quiet machine anything may take
   */
  public static Stage quick(Path folder, BrokerVersion version, int patience) {
    create(folder);
    return prepared(open(Launch.quick(folder, Launch.ownJars(), patience), folder, version));
  }

  /** As {@link #quick}, with clients of the broker's version. */
  public static Stage quickOf(Path folder, BrokerVersion version, int patience) {
    create(folder);
    List<Path> jars = new ArrayList<>();
    for (Path each : Launch.ownJars()) {
      jars.add(BrokerVersion.isClients(each) ? version.clients() : each);
    }
    return prepared(open(Launch.quick(folder, jars, patience), folder, version));
  }

  private static Stage prepared(Stage stage) {
    if (!stage.launch.shared()) {
      try (Round round = stage.round("first", Load.ORDINARY, 1)) {
        OwnProcess life = round.start(stage.launch.writingFlags().toArray(String[]::new));
        round.awaitProgress(life);
        round.finish(life);
      }
      stage.launch = stage.launch.written();
    }
    return stage;
  }

  private static Stage open(Launch launch, Path folder, BrokerVersion version) {
    Link link = new Link();
    return new Stage(launch, folder, EmbeddedBroker.startBehind(version, link.port()), link);
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The broker. A row that ends it starts it again. */
  public EmbeddedBroker broker() {
    return broker;
  }

  /** How long something may take that takes this long at most on a quiet machine. */
  public Duration limit(Duration quiet) {
    return quiet.multipliedBy(launch.patience());
  }

  /** A network to the broker that can fail. */
  public Link link() {
    return link;
  }

  /**
   * Begins a job over fresh topics.
   *
   * @param row whose it is
   * @param seed of what the source is filled with
   */
  public Round round(String row, Load load, long seed) {
    rounds++;
    String name = row.toLowerCase(Locale.ROOT) + "-" + rounds + "-" + seed;
    Round.Place place = new Round.Place(name, folder.resolve(name), broker.bootstrapServers());
    Round round = new Round(launch, place, load, seed);
    last =
        () -> "options " + String.join(" ", round.flags()) + "\nfolder " + round.place().folder();
    return round;
  }

  /** Two topics for a job that copies records of any size. */
  public Transcript transcript(String row, long seed) {
    rounds++;
    String name = row.toLowerCase(Locale.ROOT) + "-" + rounds + "-" + seed;
    Path own = folder.resolve(name);
    last = () -> "folder " + own;
    return new Transcript(launch, new Round.Place(name, own, broker.bootstrapServers()));
  }

  /** What was played last, for whoever wants to play it again. */
  public String lastRound() {
    return last.get();
  }

  @Override
  public void close() {
    link.close();
    broker.close();
  }
}
