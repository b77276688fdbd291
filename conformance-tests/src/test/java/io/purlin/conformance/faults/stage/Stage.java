package io.purlin.conformance.faults.stage;

import io.purlin.pipelines.broker.BrokerVersion;
import io.purlin.pipelines.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The broker that rows share, and the folder for what they leave. Lifetime: that of the command.
 */
public final class Stage implements AutoCloseable {
  private final Path folder;
  private final EmbeddedBroker broker;
  private final Link link;
  private int rounds;
  private @Nullable Round last;

  private Stage(Path folder, EmbeddedBroker broker, Link link) {
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
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Link link = new Link();
    return new Stage(folder, EmbeddedBroker.startBehind(version, link.port()), link);
  }

  /** The broker. A row that ends it starts it again. */
  public EmbeddedBroker broker() {
    return broker;
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
    Round round = new Round(place, load, seed);
    last = round;
    return round;
  }

  /** What was played last, for whoever wants to play it again. */
  public String lastRound() {
    Round round = last;
    return round == null
        ? "no round"
        : "options " + String.join(" ", round.flags()) + "\nfolder " + round.place().folder();
  }

  @Override
  public void close() {
    link.close();
    broker.close();
  }
}
