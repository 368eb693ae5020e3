package io.github.reactivesmtp.client.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection as the server's side saw it, read in the slow and obvious way: what was said in
 * the order it was said, beside the replies in the order they came. Reply n answers what was said
 * nth, and only if it came after that.
 */
final class NaiveServer {

  /** One transaction: reply codes, 0 where there was none. */
  static final class Transaction {
    final String sender;
    int mail;
    final Map<String, Integer> recipients = new HashMap<>();
    int data;
    final List<Integer> chunks = new ArrayList<>();

    /** Whether the end of the content was said; not so for a lone dot, which is nobody's. */
    boolean ended;

    /** Whether the server closed by its own word before it read the end of the content. */
    boolean unread;

    /** The reply to the content for each recipient. */
    final Map<String, Integer> content = new HashMap<>();

    private final List<String> inOrder = new ArrayList<>();

    Transaction(String sender) {
      this.sender = sender;
    }

    /**
     * The replies that decide about a recipient; it may not have been named after a refused MAIL.
     */
    List<Integer> replies(String recipient) {
      List<Integer> replies = new ArrayList<>(chunks);
      replies.add(mail);
      replies.add(recipients.getOrDefault(recipient, 0));
      replies.add(data);
      replies.add(content.getOrDefault(recipient, 0));
      return replies;
    }

    boolean accepts(String recipient) {
      return ended
          && isPositive(mail)
          && isPositive(recipients.getOrDefault(recipient, 0))
          && chunks.stream().allMatch(NaiveServer::isPositive)
          && isPositive(content.getOrDefault(recipient, 0));
    }

    /** Whether the server was told all of it and refused none of it. */
    boolean mayAccept(String recipient) {
      return ended
          && !unread
          && recipients.containsKey(recipient)
          && replies(recipient).stream().noneMatch(code -> code >= 400);
    }
  }

  private record Said(String text, int afterReads) {}

  private final boolean lmtp;
  private final List<Said> said = new ArrayList<>();
  private final StringBuilder heard = new StringBuilder();
  private final List<Integer> readEnds = new ArrayList<>();

  /** Each well-formed reply: its code, and in which read it was complete. */
  private final List<int[]> replies = new ArrayList<>();

  private final List<Transaction> transactions = new ArrayList<>();

  /** Where the last of them ends. */
  private int replyEnd;

  private int answered;
  private boolean broken;

  /** How many replies there were when one said that the server closes: 421, or RSET refused. */
  private int repliesToTheEnd = -1;

  NaiveServer(boolean lmtp) {
    this.lmtp = lmtp;
  }

  void clientSays(String text) {
    said.add(new Said(text, readEnds.size()));
  }

  void clientReads(byte[] octets) {
    heard.append(new String(octets, ISO_8859_1));
    readEnds.add(heard.length());
  }

  /** What there was on the connection. */
  List<Transaction> transactions() {
    readReplies();
    StringBuilder all = new StringBuilder();
    said.forEach(part -> all.append(part.text()));
    readCommands(all.toString());
    boolean saidNoMore = repliesToTheEnd == replies.size() && replyEnd == heard.length();
    transactions.forEach(
        it -> it.unread = saidNoMore && it.content.values().stream().allMatch(c -> c == 0));
    return transactions;
  }

  private void readReplies() {
    int at = 0;
    String code = "";
    for (int end = heard.indexOf("\n"); end >= 0; end = heard.indexOf("\n", at)) {
      String line = heard.substring(at, end).replaceFirst("\r+$", "");
      at = end + 1;
      if (!line.matches("(?s)[2-5][0-9][0-9]([ -].*)?")
          || !(code.isEmpty() || line.startsWith(code))) {
        return;
      }
      code = line.substring(0, 3);
      if (line.length() == 3 || line.charAt(3) == ' ') {
        int read = 1;
        while (readEnds.get(read - 1) < at) {
          read++;
        }
        replies.add(new int[] {Integer.parseInt(code), read});
        replyEnd = at;
        code = "";
      }
    }
  }

  /** The code of the next reply, if it answers what was said up to that position; else 0. */
  private int reply(int saidUpTo) {
    int[] next = !broken && answered < replies.size() ? replies.get(answered) : null;
    if (next == null || next[1] <= readsBefore(saidUpTo)) {
      broken = true;
      return 0;
    }
    answered++;
    broken = next[0] == 421;
    repliesToTheEnd = broken ? answered : repliesToTheEnd;
    return next[0];
  }

  private int readsBefore(int position) {
    int end = 0;
    for (Said part : said) {
      end += part.text().length();
      if (end >= position) {
        return part.afterReads();
      }
    }
    throw new AssertionError("not said: " + position);
  }

  private void readCommands(String text) {
    @Nullable Transaction current = null;
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf("\r\n", at) + 2;
      String line = text.substring(at, end);
      at = end;
      if (line.startsWith("MAIL FROM:<")) {
        current = new Transaction(line.substring(11, line.indexOf('@')));
        transactions.add(current);
        current.mail = reply(end);
      } else if (line.startsWith("RCPT TO:<")) {
        String recipient = line.substring(9, line.indexOf('>'));
        int code = reply(end);
        current.recipients.put(recipient, code);
        if (isPositive(code) && isPositive(current.mail)) {
          current.inOrder.add(recipient);
        }
      } else if (line.startsWith("DATA")) {
        current.data = reply(end);
        if (current.data / 10 == 35) {
          at = readContent(current, text, end);
        }
      } else if (line.startsWith("BDAT ")) {
        at = readChunk(current, line, text, end);
      } else if (line.equals("RSET\r\n") || line.equals("QUIT\r\n")) {
        repliesToTheEnd = reply(end) >= 400 ? answered : repliesToTheEnd;
      } else {
        throw new AssertionError("not a command: " + line);
      }
    }
  }

  private int readContent(Transaction current, String text, int start) {
    int dot = text.startsWith(".\r\n", start) ? start - 2 : text.indexOf("\r\n.\r\n", start);
    if (dot < 0) {
      return text.length();
    }
    current.ended = dot >= start;
    answerContent(current, dot + 5);
    return dot + 5;
  }

  private int readChunk(Transaction current, String line, String text, int start) {
    String[] words = line.strip().split(" ", -1);
    int end = start + Integer.parseInt(words[1]);
    if (end > text.length()) {
      return text.length();
    }
    if (words.length > 2) {
      current.ended = true;
      answerContent(current, end);
    } else {
      current.chunks.add(reply(end));
    }
    return end;
  }

  private void answerContent(Transaction current, int end) {
    if (lmtp) {
      current.inOrder.forEach(recipient -> current.content.put(recipient, reply(end)));
    } else {
      int code = reply(end);
      current.recipients.keySet().forEach(recipient -> current.content.put(recipient, code));
    }
  }

  static boolean isPositive(int code) {
    return code / 100 == 2;
  }
}
