package io.godwit.local.access;

import static java.util.Objects.requireNonNull;

/** A user name and its password; {@code toString} shows the name only. */
public record Credentials(String user, String password) {
    public Credentials {
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
