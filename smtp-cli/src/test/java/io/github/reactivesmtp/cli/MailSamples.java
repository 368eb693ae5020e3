package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.interop.DeliveredMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Mail of every kind that has broken a sender, as files, and what of each is to arrive where. Text
 * has one char an octet.
 */
final class MailSamples {

  private static final long SEED = 5321;
  private static final int ATTACHMENT = 5 * 1024 * 1024;

  private final Path directory;
  private final List<DeliveredMessage> expected = new ArrayList<>();
  private int files;

  private MailSamples(Path directory) {
    this.directory = directory;
  }

  static MailSamples write(Path directory) throws IOException {
    MailSamples samples = new MailSamples(directory);
    samples.writeText();
    samples.writeLineEnds();
    samples.writeSizes();
    samples.writeRecipients();
    return samples;
  }

  /** One copy for each recipient of each file. */
  List<DeliveredMessage> expected() {
    return List.copyOf(expected);
  }

  int files() {
    return files;
  }

  private void writeText() throws IOException {
    body("utf8", octets("Grüße, Привет, 你好, 👋\r\n"));
    body("latin1", "h\u00e9 \u00a0\u00ff\u0080\r\n");
    body("dots", ".\r\n..\r\n...\r\n.x\r\n\r\n.\r\n\r\n..y\r\nz.\r\n.");
    body("lone-dot", "before\r\n.\r\nafter\r\n");
    body("dot-last", "before\r\n.");
    body("empty-lines", "\r\n\r\n\r\n");
    body("commands", "QUIT\r\nRSET\r\nDATA\r\nFrom here\r\n>From there\r\n");
  }

  private void writeLineEnds() throws IOException {
    body("no-last-newline", "the end");
    body("half-last-newline", "the end\r");
    body("bare-cr", "one\rtwo\r\nthree\r\r\n");
    body("mixed", "one\ntwo\r\nthree\n\r\n");
    body("smuggling", "one\n.\r\nMAIL FROM:<x@example.test>\r\n.\nQUIT\r\n\n.\n");
    String bareLf = (header("bare-lf") + "\r\none\r\n.two\r\n\r\n").replace("\r\n", "\n");
    plain("bare-lf", bareLf);
  }

  private void writeSizes() throws IOException {
    body(
        "long-lines",
        IntStream.of(997, 998, 999, 1000, 2047, 2048, 2049, 8192, 65_000)
            .mapToObj(length -> "." + "x".repeat(length - 1))
            .collect(Collectors.joining("\r\n", "", "\r\n")));
    body("empty-body", "");
    plain("headers-only", header("headers-only"));
    body("attachment", attachment());
  }

  private void writeRecipients() throws IOException {
    List<String> many = IntStream.rangeClosed(1, 200).mapToObj(i -> "many" + i).toList();
    String folded =
        many.stream()
            .map(MailSamples::address)
            .collect(Collectors.joining(",\r\n ", "To: ", "\r\n"));
    file("many", from("many") + folded + "\r\nto all\r\n", "", many);

    file(
        "repeated",
        from("repeated")
            + "To: Somebody <once@example.test>, once@EXAMPLE.test\r\n"
            + "Cc: friends: other@example.test, <once@example.test>;\r\n\r\nText\r\n",
        "",
        List.of("once", "other"));

    String blind = "Bcc: hidden1@example.test,\r\n\thidden2@example.test\r\n";
    file(
        "bcc",
        from("bcc")
            + "To: open@example.test\r\n"
            + blind
            + "Subject: x\r\n\r\nBcc: not a field\r\n",
        blind,
        List.of("open", "hidden1", "hidden2"));
    String blindOfLarge = "bCC : hidden3@example.test\r\n";
    file(
        "bcc-of-large-file",
        from("bcc-of-large-file")
            + "To: large@example.test\r\n"
            + blindOfLarge
            + "\r\n"
            + attachment(),
        blindOfLarge,
        List.of("large", "hidden3"));

    String utf8 = octets("grün@example.test");
    write("utf8-address", from("utf8-address") + "To: " + utf8 + "\r\n\r\nText\r\n");
    expected.add(
        new DeliveredMessage(
            address("from-utf8-address"),
            "grün@example.test",
            arriving(from("utf8-address") + "To: " + utf8 + "\r\n\r\nText\r\n")));
  }

  /** A mail to one recipient with this body. */
  private void body(String name, String body) throws IOException {
    plain(name, header(name) + "\r\n" + body);
  }

  /** A mail to one recipient, named like the file. */
  private void plain(String name, String content) throws IOException {
    file(name, content, "", List.of(name));
  }

  private void file(String name, String content, String removed, List<String> recipients)
      throws IOException {
    write(name, content);
    String arriving = arriving(content.replace(removed, ""));
    for (String recipient : recipients) {
      expected.add(new DeliveredMessage(address("from-" + name), address(recipient), arriving));
    }
  }

  private void write(String name, String content) throws IOException {
    Files.write(directory.resolve(name + ".eml"), content.getBytes(StandardCharsets.ISO_8859_1));
    files++;
  }

  /** As Postfix stores it: every line ends with LF, the last one too. */
  private static String arriving(String content) {
    String lines = content.replace("\r\n", "\n").replace('\r', '\n');
    return lines.endsWith("\n") ? lines : lines + "\n";
  }

  private static String header(String name) {
    return from(name) + "To: " + address(name) + "\r\nSubject: " + name + "\r\n";
  }

  private static String from(String name) {
    return "From: Sender <" + address("from-" + name) + ">\r\n";
  }

  private static String address(String localPart) {
    return localPart + "@example.test";
  }

  private static String attachment() {
    byte[] octets = new byte[ATTACHMENT];
    new Random(SEED).nextBytes(octets);
    return Base64.getMimeEncoder().encodeToString(octets);
  }

  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
