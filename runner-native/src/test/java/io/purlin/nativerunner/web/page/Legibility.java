package io.purlin.nativerunner.web.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a page must keep to so that everyone can read it. */
final class Legibility {
  /**
   * Texts whose colour is too near to what is behind them: WCAG's level AA asks for a ratio of 4.5.
   * An expression for the page; its value is a list of what is wrong.
   */
  static final String POOR_CONTRASTS =
      """
      (() => {
        const channels = color => color.match(/[\\d.]+/g).map(Number);
        const light = color => {
          const [r, g, b] = channels(color).map(each => each / 255)
            .map(each => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = node => {
          for (let at = node; at !== null; at = at.parentElement) {
            const color = getComputedStyle(at).backgroundColor;
            if ((channels(color)[3] ?? 1) === 1) {
              return color;
            }
          }
          return 'rgb(255, 255, 255)';
        };
        return [...document.body.querySelectorAll('*')]
          .filter(node => node.checkVisibility() && !(node instanceof SVGElement)
            && [...node.childNodes].some(each => each.nodeType === Node.TEXT_NODE && each.data.trim() !== ''))
          .map(node => {
            const both = [light(getComputedStyle(node).color), light(behind(node))];
            return [node, (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05)];
          })
          .filter(([, ratio]) => ratio < 4.5)
          .map(([node, ratio]) => ratio.toFixed(2) + ': ' + node.textContent);
      })()
      """;

  private static final Set<String> NAMED =
      Set.of("button", "link", "heading", "region", "table", "image", "textbox");

  private Legibility() {}

  /** What a screen reader comes to and cannot name. */
  static List<String> nameless(JsonNode tree) {
    List<String> found = new ArrayList<>();
    for (JsonNode node : tree.at("/nodes")) {
      String role = node.at("/role/value").asText();
      if (!node.at("/ignored").asBoolean()
          && NAMED.contains(role)
          && node.at("/name/value").asText().isBlank()) {
        found.add(node.toString());
      }
    }
    return found;
  }
}
