package io.github.reactivesmtp.client.faults;

import static io.github.reactivesmtp.client.faults.FaultPhase.AUTH;
import static io.github.reactivesmtp.client.faults.FaultPhase.FINAL;
import static io.github.reactivesmtp.client.faults.FaultPhase.STARTTLS;

import io.github.reactivesmtp.testkit.SmtpScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One way for a fault to show itself.
 *
 * @param name tells it from the fault's other ways
 */
record Injection(String name, Ending ending) {

  /** The end of a rule: what the server does. */
  @FunctionalInterface
  interface Ending {
    SmtpScript.Builder of(SmtpScript.RuleBuilder rule);
  }

  private static final Duration A_MOMENT = Duration.ofMillis(10);
  private static final String GOODBYE = "4.3.2 going down";
  private static final int TOO_LONG = 4096;

  /** The ways of a fault in a phase that a server's script can bring about. */
  static List<Injection> of(FaultPhase phase, Fault fault, Transfer transfer) {
    int code = phase.code();
    String text = phase.text();
    return switch (fault) {
      case HANG -> unheard(phase, "", SmtpScript.RuleBuilder::hang);
      case RESET -> unheard(phase, "", SmtpScript.RuleBuilder::reset);
      case CLOSE -> unheard(phase, "", SmtpScript.RuleBuilder::close);
      case SAYS_421 ->
          List.of(
              new Injection("and closes", rule -> rule.replyThenClose(421, GOODBYE)),
              new Injection("and goes on", rule -> rule.reply(421, GOODBYE)));
      case SAYS_4YZ ->
          one(rule -> rule.reply(phase == STARTTLS || phase == AUTH ? 454 : 451, "4.3.0 later"));
      case SAYS_5YZ -> one(rule -> rule.reply(phase == AUTH ? 535 : 554, "5.7.1 no"));
      case GARBAGE -> {
        List<Injection> ways = new ArrayList<>(believed(phase, "?!", rule -> rule.raw("?!\r\n")));
        ways.addAll(believed(phase, "two codes", rule -> rule.raw(code + "-a\r\n" + "554 b\r\n")));
        yield ways;
      }
      case SPLIT -> one(SmtpScript.RuleBuilder::splitEveryByte);
      case COALESCED -> one(rule -> rule.delay(A_MOMENT).answerNormally());
      case TOO_LONG -> believed(phase, "", rule -> rule.longLine(code, TOO_LONG));
      case ENDLESS -> {
        List<Injection> ways = new ArrayList<>();
        ways.addAll(unheard(phase, "lines", rule -> rule.endlessReply(code)));
        ways.addAll(unheard(phase, "line", rule -> rule.endlessLine(code)));
        yield ways;
      }
      case EXTRA ->
          List.of(
              new Injection("the same", rule -> rule.answerWithExtra(code, text)),
              new Injection("a refusal", rule -> rule.answerWithExtra(554, "5.0.0 stray")));
      case EXTRA_LATER -> one(rule -> rule.answerThenExtra(A_MOMENT, code, text));
      case STRAY_BEFORE ->
          List.of(
              new Injection(
                  "a refusal", rule -> rule.refusing().raw("250 2.0.0 stray\r\n554 5.7.1 no\r\n")),
              new Injection(
                  "the acceptance",
                  rule -> rule.accepting().raw("554 5.7.1 stray\r\n250 2.0.0 Ok\r\n")));
      case THEN_421 -> one(rule -> rule.answerThenGoodbye(421, GOODBYE));
      case WRONG_PHASE -> {
        List<Injection> ways = new ArrayList<>();
        for (int wrong : wrongCodes(phase, transfer)) {
          ways.addAll(believed(phase, "" + wrong, rule -> rule.reply(wrong, "2.0.0 what")));
        }
        yield ways;
      }
    };
  }

  private static List<Injection> one(Ending ending) {
    return List.of(new Injection("", ending));
  }

  /** The server stays silent; of a content it may have taken the message all the same. */
  private static List<Injection> unheard(FaultPhase phase, String name, Ending ending) {
    Injection refused = new Injection(name, ending);
    return phase == FINAL
        ? List.of(refused, with(refused, "taken", r -> r.accepting()))
        : List.of(refused);
  }

  /** The server says what nobody can understand; it may mean yes or no. */
  private static List<Injection> believed(FaultPhase phase, String name, Ending ending) {
    Injection plain = new Injection(name, ending);
    return phase.isTransaction()
        ? List.of(
            with(plain, "taken", r -> r.accepting()), with(plain, "refused", r -> r.refusing()))
        : List.of(plain);
  }

  private static Injection with(
      Injection injection, String deed, UnaryOperator<SmtpScript.RuleBuilder> change) {
    return new Injection(
        (injection.name + " " + deed).strip(), rule -> injection.ending.of(change.apply(rule)));
  }

  /** Positive replies that cannot answer this. */
  private static List<Integer> wrongCodes(FaultPhase phase, Transfer transfer) {
    return switch (phase) {
      case GREETING, STARTTLS, AUTH, QUIT -> List.of(354, 250);
      case DATA -> List.of(250, 220);
      case MID_BODY -> transfer == Transfer.DATA ? List.of(354, 250) : List.of(354, 220);
      case FINAL -> List.of(354, 220, 235);
      default -> List.of(354, 220);
    };
  }
}
