package io.github.reactivesmtp.benchmarks.clients;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An object of JSON on one line; its numbers, and its strings. Objects inside it are left out. */
record FlatJson(Map<String, Double> numbers, Map<String, String> strings) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads one.
   *
   * @throws IOException if it is not an object of JSON
   */
  static FlatJson parse(String line) throws IOException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    Map<String, String> strings = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object of JSON: " + line);
      }
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_OBJECT;
          token = parser.nextToken()) {
        if (token == null) {
          throw new IOException("the end is missing: " + line);
        } else if (token.isNumeric()) {
          numbers.put(parser.currentName(), parser.getDoubleValue());
        } else if (token == JsonToken.VALUE_STRING) {
          strings.put(parser.currentName(), parser.getText());
        } else if (token.isStructStart()) {
          parser.skipChildren();
        }
      }
    }
    return new FlatJson(numbers, strings);
  }

  /** The last line of a program's output that is one. */
  static FlatJson lastOf(String output) throws IOException {
    String last =
        output
            .lines()
            .filter(line -> line.startsWith("{"))
            .reduce((earlier, later) -> later)
            .orElseThrow(() -> new IOException("no line of JSON in its output"));
    return parse(last);
  }

  double number(String name, double otherwise) {
    return numbers.getOrDefault(name, otherwise);
  }
}
