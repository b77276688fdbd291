package io.purlin.nativerunner.web;

import java.util.Map;

/**
 * What is sent back.
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param body may be empty
 * @param headers besides those that every answer has
 */
record Answer(int status, String contentType, String body, Map<String, String> headers) {
  static final String JSON = "application/json;charset=utf-8";

  /** What was asked for. */
  static Answer of(String contentType, String body) {
    return new Answer(200, contentType, body, Map.of());
  }

  /** A refusal, in the shape of Flink's. Nothing of the request is in it. */
  static Answer refused(int status, String reason) {
    String body = "{\"errors\":[\"" + reason + "\"]}";
    return new Answer(status, JSON, body, Map.of());
  }

  /** The same with one more header. */
  Answer with(String header, String value) {
    return new Answer(status, contentType, body, Map.of(header, value));
  }
}
