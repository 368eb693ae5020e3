package io.github.reactivesmtp.testkit.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SCRAM (RFC 5802, RFC 7677). SMTP has no place for data beside success or failure, so the server's
 * last message, its signature or an error, is a challenge, and the client's answer to it is empty.
 */
final class ScramMechanism implements ServerMechanism {

  private static final Pattern CLIENT_FIRST =
      Pattern.compile(
          "(?<header>(?<flag>[nyp])(=(?<type>[A-Za-z0-9.-]+))?,(a=(?<actingfor>[^,]*))?,)"
              + "(?<bare>n=(?<user>[^,]+),r=(?<nonce>[!-+\\--~]+)(,.*)?)");

  private static final Pattern CLIENT_FINAL =
      Pattern.compile("(?<unproved>c=(?<binding>[^,]+),r=(?<nonce>[^,]+)(,.*)?),p=(?<proof>[^,]+)");

  private enum Stage {
    FIRST,
    FINAL,
    SUCCESS,
    FAILURE
  }

  private final ScramHash hash;
  private final ChannelBinding binding;
  private final Map<String, String> passwords;
  private final byte[] salt;
  private final int iterations;

  private Stage stage = Stage.FIRST;
  private String nonce;
  private String header = "";
  private String user = "";
  private String actingFor = "";

  /** Both first messages, which the client's proof is about as well. */
  private String firstMessages = "";

  /**
   * @param serverNonce the server's part of the nonce: printable, without a comma
   */
  ScramMechanism(
      ScramHash hash,
      ChannelBinding binding,
      Map<String, String> passwords,
      String serverNonce,
      byte[] salt,
      int iterations) {
    this.hash = hash;
    this.binding = binding;
    this.passwords = passwords;
    this.salt = salt;
    this.iterations = iterations;
    nonce = serverNonce;
  }

  @Override
  public Step next(byte @Nullable [] response) {
    if (response == null) {
      return Challenge.EMPTY;
    }
    return switch (stage) {
      case FIRST -> first(new String(response, UTF_8));
      case FINAL -> last(new String(response, UTF_8));
      case SUCCESS -> response.length == 0 ? new Accepted(user) : Refused.CREDENTIALS;
      case FAILURE -> Refused.CREDENTIALS;
    };
  }

  private Step first(String message) {
    Matcher parts = CLIENT_FIRST.matcher(message);
    if (!parts.matches()) {
      boolean mandatoryExtension = message.contains(",m=");
      return error(mandatoryExtension ? "extensions-not-supported" : "invalid-encoding");
    }
    String bindingError = binding.error(parts.group("flag"), parts.group("type"));
    if (bindingError != null) {
      return error(bindingError);
    }
    header = parts.group("header");
    user = decoded(parts.group("user"));
    actingFor = parts.group("actingfor") == null ? user : decoded(parts.group("actingfor"));
    nonce = parts.group("nonce") + nonce;
    String serverFirst = "r=" + nonce + ",s=" + base64(salt) + ",i=" + iterations;
    firstMessages = parts.group("bare") + "," + serverFirst;
    stage = Stage.FINAL;
    return Challenge.of(serverFirst);
  }

  /** RFC 5802 §5.1: a name has these two characters encoded. */
  private static String decoded(String name) {
    return name.replace("=2C", ",").replace("=3D", "=");
  }

  private Step last(String message) {
    Matcher parts = CLIENT_FINAL.matcher(message);
    if (!parts.matches()) {
      return error("invalid-encoding");
    }
    if (!parts.group("binding").equals(base64(bindingData()))) {
      return error("channel-bindings-dont-match");
    }
    String password = passwords.get(user);
    if (password == null) {
      return error("unknown-user");
    }
    if (!parts.group("nonce").equals(nonce) || !actingFor.equals(user)) {
      return error("other-error");
    }
    byte[] saltedPassword = hash.saltedPassword(password, salt, iterations);
    String authMessage = firstMessages + "," + parts.group("unproved");
    if (!hash.proves(unbase64(parts.group("proof")), saltedPassword, authMessage)) {
      return error("invalid-proof");
    }
    stage = Stage.SUCCESS;
    return Challenge.of("v=" + base64(hash.serverSignature(saltedPassword, authMessage)));
  }

  /** RFC 5802 §5.1: the header of the first message, and after it what binds to the channel. */
  private byte[] bindingData() {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(header.getBytes(UTF_8));
    if (binding.required() && binding.endPoint() != null) {
      data.writeBytes(binding.endPoint());
    }
    return data.toByteArray();
  }

  private Step error(String value) {
    stage = Stage.FAILURE;
    return Challenge.of("e=" + value);
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  /** No octets if it is not base64, which prove nothing either. */
  private static byte[] unbase64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
