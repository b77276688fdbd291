package io.purlin.conformance.validatesrunner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What one run of the suite reported.
 *
 * @param outcomes every test that ended, by its name
 */
record SuiteRun(Map<TestId, Outcome> outcomes) {
  private static final int MESSAGE_CHARS = 200;

  /**
   * Reads the XML reports of one folder. A folder that is not there is a run in which nothing
   * ended.
   *
   * @throws IOException if a report cannot be read
   */
  static SuiteRun read(Path folder) throws IOException {
    Map<TestId, Outcome> outcomes = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".xml")).toList()) {
          readReport(file, outcomes);
        }
      }
    }
    return new SuiteRun(outcomes);
  }

  long count(Outcome.Kind kind) {
    return outcomes.values().stream().filter(outcome -> outcome.kind() == kind).count();
  }

  private static void readReport(Path file, Map<TestId, Outcome> outcomes) throws IOException {
    NodeList cases;
    try {
      DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      parser.setErrorHandler(null); // what is wrong is thrown, not also printed
      cases = parser.parse(file.toFile()).getElementsByTagName("testcase");
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException("not a test report: " + file, e);
    }
    for (int i = 0; i < cases.getLength(); i++) {
      Element testCase = (Element) cases.item(i);
      TestId id = new TestId(testCase.getAttribute("classname"), testCase.getAttribute("name"));
      outcomes.merge(id, outcome(testCase), SuiteRun::worse);
    }
  }

  /** A test reported twice, once by its failing clean-up, has failed. */
  private static Outcome worse(Outcome one, Outcome other) {
    return one.kind() == Outcome.Kind.FAILED ? one : other;
  }

  private static Outcome outcome(Element testCase) {
    for (String failed : List.of("failure", "error")) {
      NodeList failures = testCase.getElementsByTagName(failed);
      if (failures.getLength() > 0) {
        Element failure = (Element) failures.item(0);
        String type = failure.getAttribute("type");
        String message = failure.getAttribute("message").lines().findFirst().orElse("");
        return Outcome.failed(shorten(type.substring(type.lastIndexOf('.') + 1) + ": " + message));
      }
    }
    return testCase.getElementsByTagName("skipped").getLength() > 0
        ? Outcome.SKIPPED
        : Outcome.PASSED;
  }

  private static String shorten(String message) {
    return message.length() <= MESSAGE_CHARS
        ? message
        : message.substring(0, MESSAGE_CHARS) + "...";
  }
}
