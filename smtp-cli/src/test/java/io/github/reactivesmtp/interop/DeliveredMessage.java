package io.github.reactivesmtp.interop;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One recipient's copy of a message as it lies in the mailbox.
 *
 * @param returnPath the reverse-path of the transaction, empty for the null one
 * @param recipient whom this copy is for
 * @param content what was sent, one char an octet, without the trace fields in front and with LF
 *     for CRLF
 */
public record DeliveredMessage(String returnPath, String recipient, String content) {

  private static final String RECEIVED = "Received: .*\n(?:[ \t].*\n)*";
  private static final Pattern POSTFIX =
      Pattern.compile(
          "\\AReturn-Path: <(?<path>.*)>\nX-Original-To: .*\nDelivered-To: (?<recipient>.*)\n(?:"
              + RECEIVED
              + ")+");
  private static final Pattern DOVECOT =
      Pattern.compile("\\AReturn-Path: <(?<path>.*)>\n(?:Delivered-To: .*\n)?" + RECEIVED);

  /** A file written by Postfix's virtual(8); where Dovecot relayed it, each server left a trace. */
  static DeliveredMessage byPostfix(byte[] stored) {
    String octets = octets(stored);
    Matcher trace = find(POSTFIX, octets);
    return new DeliveredMessage(
        utf8(trace.group("path")), utf8(trace.group("recipient")), octets.substring(trace.end()));
  }

  /** A file written by Dovecot's LMTP, which names the recipient only where there is but one. */
  static DeliveredMessage byDovecot(String recipient, byte[] stored) {
    String octets = octets(stored);
    Matcher trace = find(DOVECOT, octets);
    return new DeliveredMessage(
        utf8(trace.group("path")), recipient, octets.substring(trace.end()));
  }

  private static Matcher find(Pattern pattern, String octets) {
    Matcher trace = pattern.matcher(octets);
    if (!trace.find()) {
      throw new AssertionError("No trace fields as expected: " + octets);
    }
    return trace;
  }

  private static String octets(byte[] stored) {
    return new String(stored, StandardCharsets.ISO_8859_1);
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
