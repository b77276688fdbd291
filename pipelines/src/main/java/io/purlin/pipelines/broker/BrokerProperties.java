package io.purlin.pipelines.broker;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The broker's settings.
 *
 * @param folder where its data goes
 * @param port where clients connect
 * @param controllerPort where the node's controller half listens
 * @param proxied a second way in
 */
record BrokerProperties(Path folder, int port, int controllerPort, Optional<Proxied> proxied) {
  /**
   * A way in that leads through somebody else's port.
   *
   * @param port where the broker listens for it
   * @param proxyPort where clients are told to connect
   */
  record Proxied(int port, int proxyPort) {
    String listener() {
      return ",PROXIED://" + HOST + ":" + port;
    }

    String advertised() {
      return ",PROXIED://" + HOST + ":" + proxyPort;
    }
  }

  private static final String HOST = "127.0.0.1";

  String address() {
    return HOST + ":" + port;
  }

  /**
   * The content of {@code server.properties}: broker and controller in one node, every internal
   * topic with one replica, and a short session so that a restart after a kill takes seconds.
   */
  String text() {
    return String.join(
        "\n",
        "process.roles=broker,controller",
        "node.id=1",
        "controller.quorum.voters=1@" + HOST + ":" + controllerPort,
        "listeners=PLAINTEXT://"
            + address()
            + ",CONTROLLER://"
            + HOST
            + ":"
            + controllerPort
            + proxied.map(Proxied::listener).orElse(""),
        "advertised.listeners=PLAINTEXT://"
            + address()
            + proxied.map(Proxied::advertised).orElse(""),
        "controller.listener.names=CONTROLLER",
        "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT",
        "inter.broker.listener.name=PLAINTEXT",
        "log.dirs=" + folder.resolve("data"),
        "auto.create.topics.enable=false",
        "offsets.topic.num.partitions=1",
        "offsets.topic.replication.factor=1",
        "transaction.state.log.num.partitions=1",
        "transaction.state.log.replication.factor=1",
        "transaction.state.log.min.isr=1",
        // Transactions that are too old are given up at once, so that tests can see it.
        "transaction.abort.timed.out.transaction.cleanup.interval.ms=500",
        "group.initial.rebalance.delay.ms=0",
        "broker.session.timeout.ms=3000",
        "broker.heartbeat.interval.ms=500",
        // Event times of generated data lie in the past; age must not delete them.
        "log.retention.ms=-1",
        "");
  }
}
