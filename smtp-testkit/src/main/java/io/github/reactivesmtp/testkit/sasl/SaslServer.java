package io.github.reactivesmtp.testkit.sasl;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a server knows. Without any password and token it believes everybody.
 *
 * @param passwords by user
 * @param tokens by user
 * @param scramIterations what SCRAM asks for (RFC 5802 §5.1)
 * @param hostName for the challenge of CRAM-MD5
 */
public record SaslServer(
    Map<String, String> passwords,
    Map<String, String> tokens,
    int scramIterations,
    String hostName) {

  private static final String PLUS = "-PLUS";
  private static final SecureRandom RANDOM = new SecureRandom();

  public SaslServer {
    passwords = Map.copyOf(passwords);
    tokens = Map.copyOf(tokens);
  }

  /**
   * Begins an exchange.
   *
   * @param name of the mechanism, upper case
   * @param offered the names of all mechanisms the client was offered
   * @param serverCertificate what the server identified itself by in TLS
   * @param clientCertificate what the client did, if it did
   * @return null if there is no such mechanism
   */
  public @Nullable ServerMechanism begin(
      String name,
      Set<String> offered,
      @Nullable X509Certificate serverCertificate,
      @Nullable X509Certificate clientCertificate) {
    if (passwords.isEmpty() && tokens.isEmpty()) {
      return new TrustingMechanism(name.equals("LOGIN"));
    }
    return switch (name) {
      case "PLAIN" -> new PlainMechanism(passwords);
      case "LOGIN" -> new LoginMechanism(passwords);
      case "CRAM-MD5" -> new CramMd5Mechanism(passwords, "<" + nonce() + "@" + hostName + ">");
      case "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS" ->
          scram(name, offered, serverCertificate);
      case "XOAUTH2" -> BearerMechanism.xoauth2(tokens);
      case "OAUTHBEARER" -> BearerMechanism.oauthBearer(tokens);
      case "EXTERNAL" -> new ExternalMechanism(clientCertificate);
      default -> null;
    };
  }

  private ServerMechanism scram(
      String name, Set<String> offered, @Nullable X509Certificate serverCertificate) {
    boolean plus = name.endsWith(PLUS);
    String withoutPlus = plus ? name.substring(0, name.length() - PLUS.length()) : name;
    ScramHash hash = withoutPlus.endsWith("256") ? ScramHash.SHA_256 : ScramHash.SHA_1;
    return new ScramMechanism(
        hash,
        new ChannelBinding(
            plus,
            offered.contains(withoutPlus + PLUS),
            serverCertificate == null ? null : ChannelBinding.tlsServerEndPoint(serverCertificate)),
        passwords,
        nonce(),
        random(16),
        scramIterations);
  }

  private static String nonce() {
    return Base64.getEncoder().encodeToString(random(18));
  }

  private static byte[] random(int octets) {
    byte[] random = new byte[octets];
    RANDOM.nextBytes(random);
    return random;
  }

  /** The users, without their secrets. */
  @Override
  public String toString() {
    return "SaslServer " + passwords.keySet() + " " + tokens.keySet();
  }
}
