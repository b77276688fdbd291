package io.purlin.nativerunner.plan.draw;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Lays out a graph from top to bottom. Boxes are numbered in topological order; an edge that passes
 * layers gets a place on each of them, as a box without width would. Used once, by one thread.
 */
final class LayeredLayout {
  /** Between two boxes, and between an edge that passes and its neighbours. */
  private static final double APART = 28;

  /** What is free between two layers, in which edges go from one place to another. */
  static final double BETWEEN_LAYERS = 68;

  private static final int SWEEPS = 12;

  /** A box, or a place where an edge passes a layer. */
  private static final class Node {
    final double width;
    final double height;
    final int layer;
    final List<Node> above = new ArrayList<>();
    final List<Node> below = new ArrayList<>();
    double x;
    double y;

    Node(double width, double height, int layer) {
      this.width = width;
      this.height = height;
      this.layer = layer;
    }
  }

  /**
   * A size.
   *
   * @param width above 0
   * @param height above 0
   */
  record Size(double width, double height) {}

  /**
   * An edge.
   *
   * @param from number of a box
   * @param to number of a later box
   */
  record Line(int from, int to) {}

  /**
   * A point, y growing downwards.
   *
   * @param x from the left
   * @param y from the top
   */
  record Point(double x, double y) {}

  /**
   * What came out.
   *
   * @param size of the whole, from 0, 0
   * @param boxes the middle of the upper side of each box
   * @param routes for each edge where it passes layers: pairs of points, entering and leaving
   */
  record Result(Size size, List<Point> boxes, List<List<Point>> routes) {}

  private final List<Node> boxes = new ArrayList<>();
  private final List<List<Node>> routes = new ArrayList<>();
  private final List<List<Node>> layers = new ArrayList<>();

  private LayeredLayout() {}

  /** Lays out boxes of these sizes, and edges between them. */
  static Result of(List<Size> sizes, List<Line> lines) {
    LayeredLayout layout = new LayeredLayout();
    layout.addBoxes(sizes, lines);
    lines.forEach(layout::addRoute);
    layout.order();
    layout.placeAcross();
    return layout.placeDown();
  }

  private void addBoxes(List<Size> sizes, List<Line> lines) {
    int[] layer = new int[sizes.size()];
    for (int box = 0; box < layer.length; box++) {
      for (Line line : lines) {
        if (line.to() == box) {
          layer[box] = Math.max(layer[box], layer[line.from()] + 1);
        }
      }
      boxes.add(add(sizes.get(box).width(), sizes.get(box).height(), layer[box]));
    }
  }

  private Node add(double width, double height, int layer) {
    while (layers.size() <= layer) {
      layers.add(new ArrayList<>());
    }
    Node node = new Node(width, height, layer);
    layers.get(layer).add(node);
    return node;
  }

  private void addRoute(Line line) {
    Node last = boxes.get(line.from());
    Node end = boxes.get(line.to());
    List<Node> passed = new ArrayList<>();
    for (int layer = last.layer + 1; layer < end.layer; layer++) {
      Node pass = add(0, 0, layer);
      connect(last, pass);
      passed.add(pass);
      last = pass;
    }
    connect(last, end);
    routes.add(passed);
  }

  private static void connect(Node upper, Node lower) {
    upper.below.add(lower);
    lower.above.add(upper);
  }

  /** Each node goes to the mean place of its neighbours, layer by layer, down and up again. */
  private void order() {
    number();
    List<List<Node>> best = copy();
    long fewest = crossings();
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
      boolean down = sweep % 2 == 0;
      for (int i = 1; i < layers.size(); i++) {
        List<Node> layer = layers.get(down ? i : layers.size() - 1 - i);
        ToDoubleFunction<Node> place = node -> mean(down ? node.above : node.below, node.x);
        layer.sort(Comparator.comparingDouble(place));
        number();
      }
      long crossings = crossings();
      if (crossings < fewest) {
        fewest = crossings;
        best = copy();
      }
    }
    layers.clear();
    layers.addAll(best);
  }

  private List<List<Node>> copy() {
    List<List<Node>> copy = new ArrayList<>();
    layers.forEach(layer -> copy.add(new ArrayList<>(layer)));
    return copy;
  }

  private void number() {
    for (List<Node> layer : layers) {
      for (int i = 0; i < layer.size(); i++) {
        layer.get(i).x = i;
      }
    }
  }

  private long crossings() {
    long crossings = 0;
    for (List<Node> layer : layers) {
      for (Node left : layer) {
        for (Node right : layer) {
          if (left.x < right.x) {
            for (Node leftEnd : left.below) {
              crossings += right.below.stream().filter(end -> end.x < leftEnd.x).count();
            }
          }
        }
      }
    }
    return crossings;
  }

  private static double mean(List<Node> nodes, double otherwise) {
    return nodes.stream().mapToDouble(node -> node.x).average().orElse(otherwise);
  }

  private void placeAcross() {
    for (List<Node> layer : layers) {
      align(layer, node -> 0);
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (List<Node> layer : layers) {
        align(layer, node -> mean(node.above, node.x));
      }
      for (int i = layers.size() - 1; i >= 0; i--) {
        align(layers.get(i), node -> mean(node.below, node.x));
      }
    }
    // What has one place above and is straight beneath it reads best.
    for (List<Node> layer : layers) {
      align(layer, node -> mean(node.above, mean(node.below, node.x)));
    }
  }

  private static void align(List<Node> layer, ToDoubleFunction<Node> wanted) {
    double[] placed =
        Alignment.place(
            layer.stream().mapToDouble(wanted).toArray(),
            layer.stream().mapToDouble(node -> node.width + APART).toArray());
    for (int i = 0; i < placed.length; i++) {
      layer.get(i).x = placed[i];
    }
  }

  private Result placeDown() {
    double left = Double.MAX_VALUE;
    double right = 0;
    double y = 0;
    List<Double> heights = new ArrayList<>();
    for (List<Node> layer : layers) {
      double height = layer.stream().mapToDouble(node -> node.height).max().orElse(0);
      for (Node node : layer) {
        node.y = y;
        left = Math.min(left, node.x - node.width / 2);
      }
      heights.add(height);
      y += height + BETWEEN_LAYERS;
    }
    for (List<Node> layer : layers) {
      for (Node node : layer) {
        node.x -= left;
        right = Math.max(right, node.x + node.width / 2);
      }
    }
    List<List<Point>> passes = new ArrayList<>();
    for (List<Node> route : routes) {
      List<Point> points = new ArrayList<>();
      for (Node pass : route) {
        points.add(new Point(pass.x, pass.y));
        points.add(new Point(pass.x, pass.y + heights.get(pass.layer)));
      }
      passes.add(points);
    }
    return new Result(
        new Size(right, Math.max(0, y - BETWEEN_LAYERS)),
        boxes.stream().map(box -> new Point(box.x, box.y)).toList(),
        passes);
  }
}
