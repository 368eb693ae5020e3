package io.github.reactivesmtp.client.faults;

import io.github.reactivesmtp.client.Pipelining;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What must become of the envelope that a fault befalls, by RFC 5321, RFC 1047 and the five
 * outcomes: as long as the content's end has not left, no harm is done and the envelope goes again;
 * once it has left, only a reply that can be believed tells, and without one it is UNKNOWN.
 *
 * <p>The words are {@link Fate}s. How to read a cell:
 *
 * <ul>
 *   <li>{@code a/b}: a with DATA, b with BDAT; {@code a/b/c}: c with BDAT at once. {@code a*}: a,
 *       but unknown with BDAT at once, whose end has left by then. {@code a?}: with BDAT at once
 *       each recipient is either, by whether the server goes on after 421.
 *   <li>{@code a^}: a, but unknown with BDAT in mode OFF: one reply too many in a packet of its own
 *       answers the next command, that command's answers the one after it, and so on; DATA's 354
 *       would show it, BDAT has none.
 *   <li>{@code a~b}: b in mode OVERLAPPED, where the commands behind it have replies to come.
 *   <li>{@code a+b}: a for the recipient it befalls, b for the others.
 * </ul>
 *
 * <p>Left out, because there is nothing to it:
 *
 * <ul>
 *   <li>{@code -a}: nothing can be said before the connection stands.
 *   <li>{@code -b}: no other reply can be due together with this one.
 *   <li>{@code -c}: an extra reply before this one is an extra reply behind the one before.
 *   <li>{@code -d}: BDAT has no reply of this kind.
 *   <li>{@code -e}: with DATA no reply is due here, so none can be split, doubled or joined.
 *   <li>{@code -f}: this reply is in every respect the one that is due, and those behind it are due
 *       as well; nobody could tell.
 *   <li>{@code -g}: noticed at once, so it does not matter for how long the connection was idle.
 *   <li>By {@link FaultCase}: joined replies in mode OFF, where one is due at a time; BDAT at once
 *       amid the content, for it is one chunk; an extra reply to a chunk whose LAST has left: it is
 *       in every respect the reply to that.
 * </ul>
 */
final class ExpectedOutcomes {

  private static final String TABLE =
      """
      |            | HANG     | RESET    | CLOSE    | SAYS_421 | SAYS_4YZ | SAYS_5YZ  | GARBAGE  | SPLIT | COALESCED | TOO_LONG | ENDLESS  | EXTRA      | EXTRA_LATER   | STRAY_BEFORE | THEN_421          | WRONG_PHASE |
      | CONNECT    | again    | again    | -a       | -a       | -a       | -a        | -a       | -a    | -a        | -a       | -a       | -a         | -a            | -a           | -a                | -a          |
      | GREETING   | again    | again    | again    | again    | again    | again     | again    | ok    | -b        | again    | again    | again      | again         | -c           | again             | again       |
      | EHLO       | again    | again    | again    | again    | again    | again     | again    | ok    | -b        | again    | again    | again      | again*^       | -c           | again             | again       |
      | STARTTLS   | again    | again    | again    | again    | again    | error     | again    | ok    | -b        | again    | again    | error      | error         | -c           | error             | again       |
      | AUTH       | again    | again    | again    | again    | again    | error     | again    | ok    | -b        | again    | again    | again      | again         | -c           | again             | again       |
      | MAIL       | again*   | again*   | again*   | again    | defer    | reject    | again*   | ok    | ok        | again*   | again*   | again*     | again*^       | -c           | again?            | again*      |
      | FIRST_RCPT | again*   | again*   | again*   | again?   | defer+ok | reject+ok | again*   | ok    | ok        | again*   | again*   | again*     | again*^       | -c           | again?            | again*      |
      | LAST_RCPT  | again*   | again*   | again*   | again?   | defer+ok | reject+ok | again*   | ok    | ok        | again*   | again*   | again*     | again/unknown | -c           | again/again/defer | again*      |
      | DATA       | again/-d | again/-d | again/-d | again/-d | defer/-d | reject/-d | again/-d | ok/-d | -b        | again/-d | again/-d | again/-d   | unknown/-d    | -c           | again/-d          | again/-d    |
      | MID_BODY   | unknown  | again    | again    | again    | defer    | reject    | again    | -e/ok | -e/ok     | again    | again    | -e/again   | -e/again      | -c           | -e/again          | again       |
      | FINAL      | unknown  | unknown  | unknown  | defer?   | defer    | reject    | unknown  | ok    | -b~ok     | unknown  | unknown  | unknown~ok | ok            | unknown~-f   | ok                | unknown     |
      | RSET       | again*   | again*   | again*   | again?   | again*   | again*    | again*   | ok    | ok        | again*   | again*   | again*     | again*^       | -c           | again?            | again*      |
      | QUIT       | ok       | ok       | ok       | ok       | ok       | ok        | ok       | ok    | -b        | ok       | ok       | ok         | ok            | -c           | ok                | ok          |
      | IDLE       | again*   | ok       | ok       | ok       | ok       | ok        | ok       | -b    | -b        | ok       | ok       | ok         | -c            | -c           | -c                | ok          |
      | LONG_IDLE  | again    | -g       | -g       | -g       | -g       | -g        | -g       | -g    | -g        | -g       | -g       | -g         | -g            | -g           | -g                | -g          |
      """;

  /**
   * What must become of the envelope.
   *
   * @param hit of the recipient that the fault befalls, or all; one of these
   * @param others of the others; one of these
   */
  record Expected(Set<Fate> hit, Set<Fate> others) {

    static Expected of(Fate fate) {
      return new Expected(EnumSet.of(fate), EnumSet.of(fate));
    }

    boolean isAny(Fate fate) {
      return hit.contains(fate) || others.contains(fate);
    }
  }

  private static final Map<FaultPhase, Map<Fault, String>> CELLS = cells();

  private ExpectedOutcomes() {}

  private static Map<FaultPhase, Map<Fault, String>> cells() {
    List<List<String>> rows =
        TABLE
            .lines()
            .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
            .toList();
    List<String> head = rows.get(0);
    Map<FaultPhase, Map<Fault, String>> cells = new EnumMap<>(FaultPhase.class);
    for (List<String> row : rows.subList(1, rows.size())) {
      Map<Fault, String> ofPhase = new EnumMap<>(Fault.class);
      for (int i = 2; i < row.size() - 1; i++) {
        ofPhase.put(Fault.valueOf(head.get(i)), row.get(i));
      }
      cells.put(FaultPhase.valueOf(row.get(1)), ofPhase);
    }
    return cells;
  }

  /** Whether the table says that there is no such case. */
  static boolean isLeftOut(FaultPhase phase, Fault fault, Way way) {
    return cell(phase, fault, way).startsWith("-");
  }

  static Expected of(FaultPhase phase, Fault fault, Way way) {
    String cell = cell(phase, fault, way);
    boolean atOnce = way.transfer() == Transfer.BDAT_AT_ONCE;
    boolean inOffWithBdat = way.mode() == Pipelining.OFF && way.transfer() == Transfer.BDAT;
    if ((cell.contains("*") && atOnce) || (cell.contains("^") && inOffWithBdat)) {
      return Expected.of(Fate.UNKNOWN);
    }
    String[] words = cell.replaceAll("[*^?]", "").split("\\+", -1);
    Fate first = Fate.valueOf(words[0].toUpperCase(Locale.ROOT));
    if (cell.contains("?") && atOnce) {
      return new Expected(EnumSet.of(first, Fate.UNKNOWN), EnumSet.of(first, Fate.UNKNOWN));
    }
    Fate last = Fate.valueOf(words[words.length - 1].toUpperCase(Locale.ROOT));
    return new Expected(EnumSet.of(first), EnumSet.of(last));
  }

  private static String cell(FaultPhase phase, Fault fault, Way way) {
    String cell = Objects.requireNonNull(CELLS.get(phase)).get(fault);
    String[] byMode = Objects.requireNonNull(cell, () -> phase + " " + fault).split("~", -1);
    String inMode = byMode[way.mode() == Pipelining.OVERLAPPED ? byMode.length - 1 : 0];
    String[] byTransfer = inMode.split("/", -1);
    int wanted =
        switch (way.transfer()) {
          case DATA -> 0;
          case BDAT -> 1;
          case BDAT_AT_ONCE -> 2;
        };
    return byTransfer[Math.min(wanted, byTransfer.length - 1)];
  }
}
