package io.purlin.conformance.faults.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network to the broker that fails as it is told: a proxy on loopback. Whoever plays tells it
 * what to do; a thread accepts connections, and each has two that carry its bytes.
 */
public final class Link implements AutoCloseable {
  /** What the network does. */
  public enum Weather {
    /** It carries. */
    GOOD,
    /** It carries a kilobyte a second. */
    SLOW,
    /** It takes everything and delivers nothing, and nobody notices. */
    SILENT,
    /** It refuses. */
    DOWN
  }

  private final ServerSocket server;
  private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile Weather weather = Weather.GOOD;

  /** Kind of request whose next answer is lost, or -1. Guarded by the lock of this. */
  private int loseAnswerTo = -1;

  /** Whether half of that answer is carried before. Guarded by the lock of this. */
  private boolean loseHalf;

  /** Guarded by the lock of this. */
  private int answersLost;

  Link() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread accepting = new Thread(this::accept, "link");
    accepting.setDaemon(true);
    accepting.start();
  }

  int port() {
    return server.getLocalPort();
  }

  /** Where clients connect. */
  public String servers() {
    return "127.0.0.1:" + port();
  }

  void to(int port) {
    target = port;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (weather == Weather.DOWN || target == 0) {
          client.close();
          continue;
        }
        Wire wire = new Wire(this, client, new Socket(server.getInetAddress(), target));
        wires.add(wire);
        wire.start();
      } catch (IOException e) {
        // The broker or we are away: the client sees its connection end.
      }
    }
  }

  void gone(Wire wire) {
    wires.remove(wire);
  }

  Weather weather() {
    return weather;
  }

  /** Changes the weather. Connections are kept but when it goes down. */
  public void become(Weather next) {
    weather = next;
    if (next == Weather.DOWN) {
      cut();
    }
  }

  /** Ends all connections at once, by a reset, wherever in a request or answer they are. */
  public void cut() {
    wires.forEach(Wire::reset);
  }

  /**
   * Loses the broker's next answer to a kind of request, which the broker has carried out, and the
   * connection with it.
   *
   * @param kind the API key of Kafka's protocol
   */
  public synchronized void loseNextAnswerTo(int kind) {
    loseAnswerTo = kind;
    loseHalf = false;
  }

  /** As {@link #loseNextAnswerTo}, but the first half of the answer arrives. */
  public synchronized void cutNextAnswerTo(int kind) {
    loseAnswerTo = kind;
    loseHalf = true;
  }

  synchronized boolean isHalfLost() {
    return loseHalf;
  }

  /** Whether a request is of the kind of which the answer is to be lost; asked once for each. */
  synchronized boolean isToBeLost(int kind) {
    if (kind != loseAnswerTo) {
      return false;
    }
    loseAnswerTo = -1;
    return true;
  }

  synchronized void answerLost() {
    answersLost++;
  }

  /** How many answers were lost so far. */
  public synchronized int answersLost() {
    return answersLost;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
