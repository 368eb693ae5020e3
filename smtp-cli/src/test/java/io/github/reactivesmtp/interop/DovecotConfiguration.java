package io.github.reactivesmtp.interop;

/**
 * The configuration files of {@link DovecotServer}, in which {@code DIRECTORY} stands for its
 * directory.
 */
final class DovecotConfiguration {

  /** In clear, for SCRAM and CRAM-MD5 need the password itself; 1K holds no mail at all. */
  static final String USERS =
      """
      ann:{PLAIN}correct horse::::::
      bob:{PLAIN}Grüße, 你好::::::
      full:{PLAIN}full::::::userdb_quota_rule=*:storage=1K
      closed:{PLAIN}closed::::::nologin reason=closed
      """;

  /** The exit code of checkpassword for "ask again later". */
  static final String UNAVAILABLE = "#!/bin/sh\nexit 111\n";

  static final String OAUTH2 =
      """
      introspection_mode = local
      local_validation_key_dict = fs:posix:prefix=DIRECTORY/keys/
      username_attribute = sub
      """;

  private DovecotConfiguration() {}

  static String main(PostfixServer postfix, int submissionPort, int lmtpPort) {
    return """
    base_dir = DIRECTORY/run
    state_dir = DIRECTORY/state
    log_path = DIRECTORY/log
    instance_name = test
    protocols = lmtp submission
    hostname = dovecot.example.test
    postmaster_address = postmaster@example.test

    # Who comes from the address he goes to is taken for safe without TLS; hence a second one.
    listen = 127.0.0.1, 127.0.0.2
    ssl = required
    ssl_cert = <SERVER_CERTIFICATE
    ssl_key = <SERVER_KEY
    ssl_min_protocol = TLSv1.2

    auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256 xoauth2 oauthbearer
    auth_username_format = %Ln
    auth_verbose = yes
    passdb {
      driver = checkpassword
      username_filter = later
      args = DIRECTORY/unavailable
    }
    passdb {
      driver = passwd-file
      mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
      args = DIRECTORY/users
    }
    passdb {
      driver = oauth2
      mechanisms = xoauth2 oauthbearer
      args = DIRECTORY/oauth2.conf
    }
    userdb {
      driver = passwd-file
      args = DIRECTORY/users
      default_fields = uid=nobody gid=nogroup home=DIRECTORY/mail/%n
    }

    mail_location = maildir:~/Maildir
    mail_plugins = quota
    first_valid_uid = 1
    plugin {
      quota = maildir:User quota
      quota_rule = *:storage=1G
    }

    submission_relay_host = 127.0.0.1
    submission_relay_port = RELAY_PORT

    service auth {
      unix_listener AUTH_SOCKET {
        user = postfix
        mode = 0600
      }
    }
    service submission-login {
      chroot =
      inet_listener submission {
        port = SUBMISSION_PORT
      }
    }
    service lmtp {
      unix_listener lmtp {
        mode = 0666
      }
      inet_listener lmtp {
        address = 127.0.0.1
        port = LMTP_PORT
      }
    }

    # No brakes: errors are wanted here.
    auth_failure_delay = 0
    service anvil {
      chroot =
      unix_listener anvil-auth-penalty {
        mode = 0
      }
    }
    """
        .replace("SERVER_CERTIFICATE", postfix.certificates().server().toString())
        .replace("SERVER_KEY", postfix.certificates().serverKey().toString())
        .replace("AUTH_SOCKET", postfix.authSocket().toString())
        .replace("RELAY_PORT", Integer.toString(postfix.port()))
        .replace("SUBMISSION_PORT", Integer.toString(submissionPort))
        .replace("LMTP_PORT", Integer.toString(lmtpPort));
  }
}
