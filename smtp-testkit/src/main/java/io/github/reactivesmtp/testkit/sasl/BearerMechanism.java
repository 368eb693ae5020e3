package io.github.reactivesmtp.testkit.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The two mechanisms for tokens of OAuth 2. What is wrong with a token is a challenge in JSON; only
 * when the client has answered that, with nothing to say, is it refused.
 */
final class BearerMechanism implements ServerMechanism {

  private static final Pattern XOAUTH2 =
      Pattern.compile("user=(?<user>[^\1]+)\1auth=Bearer (?<token>[^\1]+)\1\1");

  private static final Challenge XOAUTH2_ERROR =
      Challenge.of(
          "{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"https://mail.example/\"}");

  /** Host and port, which may stand on either side of the token, are not looked at. */
  private static final Pattern OAUTHBEARER =
      Pattern.compile(
          "[ny],(a=(?<user>[^,\1]+))?,\1([^\1]+\1)*?auth=Bearer (?<token>[^\1]+)\1([^\1]+\1)*\1");

  private static final Challenge OAUTHBEARER_ERROR = Challenge.of("{\"status\":\"invalid_token\"}");

  private final Map<String, String> tokens;
  private final Pattern message;
  private final Challenge error;
  private boolean failed;

  private BearerMechanism(Map<String, String> tokens, Pattern message, Challenge error) {
    this.tokens = tokens;
    this.message = message;
    this.error = error;
  }

  /** XOAUTH2, as Google describes it. */
  static BearerMechanism xoauth2(Map<String, String> tokens) {
    return new BearerMechanism(tokens, XOAUTH2, XOAUTH2_ERROR);
  }

  /** OAUTHBEARER (RFC 7628 §3.1). */
  static BearerMechanism oauthBearer(Map<String, String> tokens) {
    return new BearerMechanism(tokens, OAUTHBEARER, OAUTHBEARER_ERROR);
  }

  @Override
  public Step next(byte @Nullable [] response) {
    if (response == null) {
      return Challenge.EMPTY;
    }
    if (failed) {
      return Refused.CREDENTIALS;
    }
    Matcher parts = message.matcher(new String(response, UTF_8));
    String user = parts.matches() ? owner(parts.group("token"), parts.group("user")) : null;
    if (user != null) {
      return new Accepted(user);
    }
    failed = true;
    return error;
  }

  /** Whose token it is; null if it is nobody's, or not that user's. */
  private @Nullable String owner(String token, @Nullable String user) {
    for (Map.Entry<String, String> known : tokens.entrySet()) {
      if (known.getValue().equals(token) && (user == null || user.equals(known.getKey()))) {
        return known.getKey();
      }
    }
    return null;
  }
}
