package io.github.reactivesmtp.client.faults;

import io.github.reactivesmtp.testkit.EveryConnection;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * One way for a fault to befall an idle connection.
 *
 * @param name tells it from the fault's other ways
 * @param act returns how many connections it met
 */
record IdleInjection(String name, ToIntFunction<EveryConnection> act) {

  static List<IdleInjection> of(Fault fault) {
    return switch (fault) {
      case HANG -> List.of(new IdleInjection("", EveryConnection::hang));
      case RESET -> List.of(new IdleInjection("", EveryConnection::reset));
      case CLOSE ->
          List.of(
              new IdleInjection("", EveryConnection::close),
              new IdleInjection("half", EveryConnection::halfClose));
      case SAYS_421 ->
          List.of(
              new IdleInjection("and closes", all -> all.sayThenClose(421, "4.4.2 timeout")),
              new IdleInjection("and goes on", all -> all.say(421, "4.4.2 timeout")));
      case SAYS_4YZ -> List.of(new IdleInjection("", all -> all.say(451, "4.3.0 hm")));
      case SAYS_5YZ -> List.of(new IdleInjection("", all -> all.say(554, "5.3.0 hm")));
      case GARBAGE ->
          List.of(
              new IdleInjection("?!", all -> all.raw("?!\r\n")),
              new IdleInjection("one digit", all -> all.raw("2")));
      case TOO_LONG ->
          List.of(new IdleInjection("", all -> all.raw("250 " + "x".repeat(4096) + "\r\n")));
      case ENDLESS -> List.of(new IdleInjection("", all -> all.endlessReply(250)));
      case EXTRA -> List.of(new IdleInjection("", all -> all.say(250, "2.0.0 Ok")));
      case WRONG_PHASE ->
          List.of(
              new IdleInjection("354", all -> all.say(354, "Go on")),
              new IdleInjection("220", all -> all.say(220, "Hello")));
      case SPLIT, COALESCED, EXTRA_LATER, STRAY_BEFORE, THEN_421 -> List.of();
    };
  }
}
