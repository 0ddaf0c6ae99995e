package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.postgres.WrappedColumn;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's data keys of one role: what is written is under the current one, what is read may be under the one before.
 *
 * <p>{@code 02 | number, 4 octets | what AesGcm made}; under the first key, without these five octets, as it was before keys
 * had numbers.
 */
record TenantKeyRing(
        TenantId tenant, Numbered current, @Nullable Numbered former) {
    private static final byte NUMBERED = 2;
    private static final int HEAD = 5;

    /** A key and which of the tenant's it is. */
    record Numbered(int number, SecretOctets key) {}

    Octets wrap(SecretOctets secret, WrappedColumn column, String... names) {
        Octets made = AesGcm.wrap(current.key(), secret, column.binding(tenant, List.of(names)));
        return current.number() == 1 ? made : head(current.number()).plus(made);
    }

    /** @throws UnwrapException when it was wrapped for something else, changed, or is under neither key */
    SecretOctets unwrap(Octets wrapped, WrappedColumn column, String... names) {
        return unwrap(wrapped, column.binding(tenant, List.of(names)));
    }

    private SecretOctets unwrap(Octets wrapped, String binding) {
        boolean numbered = wrapped.length() > HEAD && wrapped.at(0) == NUMBERED;
        int number =
                numbered ? ByteBuffer.wrap(wrapped.slice(1, HEAD).toBytes()).getInt() : 1;
        SecretOctets key = key(number).orElseThrow(() -> new UnwrapException(binding));
        return AesGcm.unwrap(key, numbered ? wrapped.from(HEAD) : wrapped, binding);
    }

    private Optional<SecretOctets> key(int number) {
        if (current.number() == number) {
            return Optional.of(current.key());
        }
        return Optional.ofNullable(former).filter(key -> key.number() == number).map(Numbered::key);
    }

    /** With what everything begins that is under the current key, if it is not the first. */
    Octets head() {
        return head(current.number());
    }

    private static Octets head(int number) {
        return Octets.of(ByteBuffer.allocate(HEAD).put(NUMBERED).putInt(number).array());
    }

    /** The same secret under the current key. */
    WrappedColumn.Row renewed(WrappedColumn column, WrappedColumn.Row row) {
        String[] names = row.names().toArray(String[]::new);
        SecretOctets secret = unwrap(row.wrapped(), column, names);
        try {
            return new WrappedColumn.Row(row.names(), wrap(secret, column, names));
        } finally {
            secret.destroy();
        }
    }
}
