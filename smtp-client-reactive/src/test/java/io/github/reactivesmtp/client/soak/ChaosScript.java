package io.github.reactivesmtp.client.soak;

import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.testkit.Chance;
import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Faults at a share of a server's replies, seeded and counted. It misbehaves in every way but one:
 * what it says to a content is what it does with it, or it says nothing that can be understood. A
 * server that stores what it refuses, or speaks without being asked at a moment when that cannot be
 * told from an answer, leaves no client a chance.
 */
final class ChaosScript {

  private static final Duration SLOW = Duration.ofMillis(3);

  private static final String GARBAGE = "\u0001garbage \u00ff\r\n";
  private static final String MIXED = "250-yes\r\n550 no\r\n";

  /**
   * What goes wrong, and how much of it there is.
   *
   * @param fault ends a rule that has its phase and its chance
   */
  private record Kind(String name, double share, Fault fault) {}

  /** Ends a rule by an action; the script that is built is always the same. */
  private interface Fault {
    SmtpScript.Builder end(SmtpScript.RuleBuilder rule);
  }

  /** One kind in one place. */
  private record Injection(String kind, Chance chance) {}

  private final double rate;
  private final long seed;
  private final SmtpScript.Builder script = SmtpScript.builder();
  private final List<Injection> injections = new ArrayList<>();

  /** Of each place that normally has a reply, what is asked first. */
  private final List<Chance> replies = new ArrayList<>();

  private ChaosScript(double rate, long seed) {
    this.rate = rate;
    this.seed = seed;
  }

  /**
   * Faults for a client of this mode.
   *
   * @param rate the share of replies that go wrong, 0 to 1
   */
  static ChaosScript of(double rate, long seed, Pipelining pipelining, boolean chunking) {
    ChaosScript chaos = new ChaosScript(rate, seed);
    // With BDAT and pipelining a reply too many can be the one to the content, as far as anybody
    // can tell. DATA has the 354, which nothing else has.
    boolean told = !chunking || pipelining == Pipelining.OFF;
    boolean followed = pipelining == Pipelining.OVERLAPPED || pipelining == Pipelining.STREAMING;
    boolean toldAtTheEnd = !chunking || !followed;

    chaos.at(Phase.CONNECT, null, with(refusals(421, 451, 554), "220 mx\r\n220 mx\r\n", true));
    chaos.at(Phase.EHLO, null, with(refusals(421, 451, 502), "250 mx\r\n250 mx\r\n", true));
    chaos.at(Phase.MAIL, null, with(refusals(421, 451, 550), "250 ok\r\n250 ok\r\n", told));
    List<Kind> rcpt = with(refusals(421, 450, 550), "250 ok\r\n250 ok\r\n", told);
    rcpt.add(new Kind("452", 1, rule -> rule.reply(452, "4.5.3 too many recipients")));
    chaos.at(Phase.RCPT, null, rcpt);
    List<Kind> data = with(refusals(421, 451, 554), "354 go\r\n250 ok\r\n", true);
    data.add(new Kind("wrong phase", 1, rule -> rule.reply(250, "ok")));
    chaos.at(Phase.DATA, null, data);
    // RSET never fails (RFC 5321 §4.1.1.5), so it has its effect whatever is said.
    chaos.at(
        Phase.RSET, null, accepting(with(refusals(421, 451, 550), "250 ok\r\n250 ok\r\n", told)));
    chaos.at(Phase.MID_CONTENT, null, midContent());
    chaos.at(Phase.CONTENT, command -> command.verb().equals("DATA"), content(toldAtTheEnd));
    chaos.at(Phase.BDAT, ChaosScript::isLast, content(toldAtTheEnd));
    chaos.at(Phase.BDAT, command -> !isLast(command), accepting(midContent()));
    return chaos;
  }

  private static boolean isLast(SmtpCommand command) {
    return command instanceof SmtpCommand.Bdat bdat && bdat.last();
  }

  /** What can happen anywhere. */
  private static List<Kind> anywhere() {
    List<Kind> kinds = new ArrayList<>();
    kinds.add(new Kind("hang", 0.4, SmtpScript.RuleBuilder::hang));
    kinds.add(new Kind("reset", 1, SmtpScript.RuleBuilder::reset));
    kinds.add(new Kind("close", 1, SmtpScript.RuleBuilder::close));
    kinds.add(new Kind("garbage", 0.5, rule -> rule.raw(GARBAGE)));
    kinds.add(new Kind("mixed codes", 0.5, rule -> rule.raw(MIXED)));
    kinds.add(new Kind("wrong phase", 1, rule -> rule.reply(354, "go on")));
    kinds.add(new Kind("split", 1, SmtpScript.RuleBuilder::splitEveryByte));
    kinds.add(new Kind("slow", 1, rule -> rule.delay(SLOW).answerNormally()));
    return kinds;
  }

  private static List<Kind> refusals(int goodbye, int transientCode, int permanentCode) {
    List<Kind> kinds = anywhere();
    kinds.add(new Kind("421", 1, rule -> rule.replyThenClose(goodbye, "4.3.2 going down")));
    kinds.add(new Kind("4xx", 1, rule -> rule.reply(transientCode, "4.3.0 not now")));
    kinds.add(new Kind("5xx", 1, rule -> rule.reply(permanentCode, "5.3.0 never")));
    return kinds;
  }

  private static List<Kind> with(List<Kind> kinds, String twoReplies, boolean wanted) {
    if (wanted) {
      kinds.add(new Kind("extra reply", 1, rule -> rule.raw(twoReplies)));
    }
    return kinds;
  }

  /** Where nothing is to be said: a reply here is the last, for what comes then is no content. */
  private static List<Kind> midContent() {
    List<Kind> kinds = anywhere();
    kinds.add(new Kind("421", 1, rule -> rule.replyThenClose(421, "4.3.2 going down")));
    kinds.add(new Kind("4xx", 1, rule -> rule.replyThenClose(452, "4.3.1 no space")));
    kinds.add(new Kind("5xx", 1, rule -> rule.replyThenClose(552, "5.3.4 too big")));
    return kinds;
  }

  private static List<Kind> content(boolean told) {
    List<Kind> kinds = with(refusals(421, 451, 554), "250 queued\r\n250 ok\r\n", told);
    kinds.add(new Kind("stored, then reset", 1, rule -> rule.accepting().reset()));
    kinds.add(new Kind("stored, then close", 0.5, rule -> rule.accepting().close()));
    kinds.add(new Kind("stored, then hang", 0.2, rule -> rule.accepting().hang()));
    kinds.add(new Kind("stored, then garbage", 0.5, rule -> rule.accepting().raw(GARBAGE)));
    kinds.add(new Kind("stored, then 354", 0.5, rule -> rule.accepting().reply(354, "go on")));
    if (told) {
      kinds.add(new Kind("refused twice", 0.5, rule -> rule.raw("550 no\r\n250 ok\r\n")));
    }
    return kinds;
  }

  /** The same, but the command takes effect. */
  private static List<Kind> accepting(List<Kind> kinds) {
    UnaryOperator<Kind> accepting =
        kind -> new Kind(kind.name(), kind.share(), rule -> kind.fault().end(rule.accepting()));
    kinds.replaceAll(accepting);
    return kinds;
  }

  private void at(Phase phase, @Nullable Predicate<SmtpCommand> which, List<Kind> kinds) {
    double shares = kinds.stream().mapToDouble(Kind::share).sum();
    double left = 1;
    for (int i = 0; i < kinds.size(); i++) {
      Kind kind = kinds.get(i);
      double wanted = rate * kind.share() / shares;
      // Those before it have taken their part.
      Chance chance = Chance.of(wanted / left, seed * 31 + injections.size());
      left -= wanted;
      if (i == 0 && phase != Phase.MID_CONTENT) {
        replies.add(chance);
      }
      injections.add(new Injection(kind.name(), chance));
      SmtpScript.RuleBuilder rule = script.on(phase).chance(chance);
      kind.fault().end(which == null ? rule : rule.when(which));
    }
  }

  SmtpScript script() {
    return script.build();
  }

  /** How many replies there were that could go wrong. */
  long replies() {
    return replies.stream().mapToLong(Chance::draws).sum();
  }

  /** How many faults there were. */
  long faults() {
    return injections.stream().mapToLong(i -> i.chance().hits()).sum();
  }

  /** How many there were of each kind. */
  Map<String, Long> faultsByKind() {
    Map<String, Long> kinds = new TreeMap<>();
    injections.forEach(i -> kinds.merge(i.kind(), i.chance().hits(), Long::sum));
    return kinds;
  }
}
