package io.github.reactivesmtp.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Content rich in what matters to line ends and dots, and random ways to cut it. */
final class RandomContent {

  private static final String[] PIECES = {
    "\r\n", "\r\n", "\n", "\r", ".", "..", "\t", "a", "Dear reader", "\u00e9", "\0", " "
  };

  private RandomContent() {}

  static String next(Random random) {
    StringBuilder content = new StringBuilder();
    int pieces = random.nextInt(40);
    // Some contents are mostly plain, so that runs span several words.
    boolean plain = random.nextInt(3) == 0;
    for (int i = 0; i < pieces; i++) {
      if (plain) {
        content.append("x".repeat(random.nextInt(30)));
      }
      content.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return content.toString();
  }

  /** The same text in pieces, some of them empty. */
  static List<String> cut(String text, Random random) {
    List<String> chunks = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + random.nextInt(1 + random.nextInt(40)));
      chunks.add(text.substring(from, to));
      from = to;
    }
    return chunks;
  }
}
