package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Recipient;
import io.github.reactivesmtp.codec.Capabilities;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server lets one session do (LIMITS, RFC 9422) and the client wants, and how much of it is
 * used up. Confined to the event loop but for {@link #isSpent}.
 */
final class SessionLimits {

  private final int mailMax;
  private final int rcptMax;
  private final int domainMax;
  private final Set<String> domains = new HashSet<>();
  private int mails;
  private volatile boolean spent;

  /** {@code most}: transactions that the client wants in one session at most. */
  SessionLimits(Capabilities.Limits stated, int most) {
    mailMax = Math.min(most, stated.mailMax().orElse(Integer.MAX_VALUE));
    rcptMax = stated.rcptMax().orElse(Integer.MAX_VALUE);
    domainMax = stated.rcptDomainMax().orElse(Integer.MAX_VALUE);
  }

  /** Whether another session must go on in its place. */
  boolean isSpent() {
    return spent;
  }

  /**
   * Lets one transaction begin.
   *
   * @param most how many recipients it is to have at most
   * @return the plan for as many recipients as it may have now; null if it may have none, and this
   *     session is spent
   * @throws MessageRefusedException if all must get the message, and no session may have them all
   */
  @Nullable TransactionPlan admit(TransactionPlan plan, int most) {
    if (spent) {
      return null;
    }
    boolean fresh = domains.isEmpty();
    List<Recipient> wanted = plan.recipients();
    List<Recipient> admitted = within(wanted, Math.min(most, rcptMax));
    boolean split = admitted.size() < wanted.size();
    if (split && plan.allOrNothing() && (fresh || wanted.size() > rcptMax)) {
      throw new MessageRefusedException(
          "The server's LIMITS (RFC 9422) do not let one message go to all "
              + wanted.size()
              + " recipients, and it is to go to all or none (all-or-nothing). Nothing was sent.");
    }
    if (admitted.isEmpty() || (split && plan.allOrNothing())) {
      spent = true;
      return null;
    }
    spent = ++mails >= mailMax;
    return split ? plan.forOnly(admitted) : plan;
  }

  private List<Recipient> within(List<Recipient> recipients, int most) {
    if (domainMax == Integer.MAX_VALUE) {
      return recipients.size() <= most ? recipients : recipients.subList(0, most);
    }
    List<Recipient> within = new ArrayList<>();
    for (Recipient recipient : recipients) {
      if (within.size() < most && isKnown(recipient.address().domain())) {
        within.add(recipient);
      }
    }
    return within;
  }

  /** Whether the session may have a recipient of that domain; from now on it counts. */
  private boolean isKnown(String domain) {
    String name = domain.toLowerCase(Locale.ROOT);
    return domains.contains(name) || (domains.size() < domainMax && domains.add(name));
  }
}
