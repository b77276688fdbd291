package io.purlin.conformance.faults.stage;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One connection of a {@link Link}: carries whole messages of Kafka's protocol in both directions,
 * a thread each. A message is its length in four bytes and a body; a request begins with its kind
 * (two bytes), version (two) and number (four), an answer with the number of its request.
 */
final class Wire {
  private static final int LONGEST_BYTES = 128 << 20;
  private static final int SLOW_BYTES_PER_SECOND = 1_024;
  private static final int NOTHING = Integer.MIN_VALUE;

  private final Link link;
  private final Socket client;
  private final Socket broker;

  /**
   * Number of the request whose answer is to be lost. Written by one direction, read by the other.
   */
  private volatile int lost = NOTHING;

  Wire(Link link, Socket client, Socket broker) {
    this.link = link;
    this.client = client;
    this.broker = broker;
  }

  void start() {
    start(() -> carry(client, broker, true), "link-requests");
    start(() -> carry(broker, client, false), "link-answers");
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void carry(Socket from, Socket to, boolean requests) {
    try {
      DataInputStream in = new DataInputStream(from.getInputStream());
      DataOutputStream out = new DataOutputStream(to.getOutputStream());
      while (true) {
        int length = in.readInt();
        if (length < 0 || length > LONGEST_BYTES) {
          throw new IOException("not Kafka's protocol");
        }
        byte[] body = in.readNBytes(length);
        if (requests) {
          note(ByteBuffer.wrap(body));
        } else if (ByteBuffer.wrap(body).getInt() == lost) {
          if (link.isHalfLost()) {
            out.writeInt(length);
            out.write(body, 0, length / 2);
            out.flush();
          }
          link.answerLost();
          break;
        }
        deliver(out, body);
      }
    } catch (IOException | RuntimeException e) {
      // One side is gone: so is the other.
    }
    reset();
  }

  private void note(ByteBuffer request) {
    int kind = request.getShort();
    request.getShort();
    if (link.isToBeLost(kind)) {
      lost = request.getInt();
    }
  }

  private void deliver(DataOutputStream out, byte[] body) throws IOException {
    switch (link.weather()) {
      case SILENT, DOWN -> {
        return;
      }
      case SLOW -> {
        long seconds = TimeUnit.SECONDS.toNanos(body.length) / SLOW_BYTES_PER_SECOND;
        LockSupport.parkNanos(seconds);
      }
      case GOOD -> {}
    }
    byte[] message =
        ByteBuffer.allocate(Integer.BYTES + body.length).putInt(body.length).put(body).array();
    out.write(message);
    out.flush();
  }

  /** Ends both sides without a word. */
  void reset() {
    link.gone(this);
    for (Socket socket : new Socket[] {client, broker}) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        // Closed already.
      }
    }
  }
}
