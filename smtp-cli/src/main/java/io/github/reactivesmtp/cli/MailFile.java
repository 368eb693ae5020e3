package io.github.reactivesmtp.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file an envelope was made of: its tag, found again in the result.
 *
 * @param path as named by the user
 * @param messageId the Message-ID field as it stands; null if there is none
 */
record MailFile(Path path, @Nullable String messageId) {}
