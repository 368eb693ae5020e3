package io.github.reactivesmtp.cli;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One recipient's copy of a message as Postfix's virtual(8) stores it.
 *
 * @param returnPath the reverse-path of the transaction, empty for the null one
 * @param recipient whom this copy is for
 * @param content what was sent, one char an octet, without the trace fields in front and with LF
 *     for CRLF
 */
record DeliveredMessage(String returnPath, String recipient, String content) {

  private static final Pattern TRACE =
      Pattern.compile(
          "\\AReturn-Path: <(?<path>.*)>\nX-Original-To: .*\nDelivered-To: (?<recipient>.*)\n"
              + "Received: .*\n(?:[ \t].*\n)*");

  static DeliveredMessage parse(byte[] stored) {
    String octets = new String(stored, StandardCharsets.ISO_8859_1);
    Matcher trace = TRACE.matcher(octets);
    if (!trace.find()) {
      throw new AssertionError("Not as Postfix delivers it: " + octets);
    }
    return new DeliveredMessage(
        utf8(trace.group("path")), utf8(trace.group("recipient")), octets.substring(trace.end()));
  }

  private static String utf8(String octets) {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Short: contents may be megabytes. */
  @Override
  public String toString() {
    String start = content.substring(0, Math.min(80, content.length()));
    return "<" + returnPath + "> to <" + recipient + ">, " + content.length() + " octets: " + start;
  }
}
