package io.godwit.gsma.ecdsa;

import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The public keys used last, as their provider holds them: to make such an object costs half a verification or more, and a
 * fleet verifies with few keys.
 */
final class PublicKeys {
    static final int CAPACITY = 1024;

    private final Function<EcPublicKey, PublicKey> parse;
    private final Map<EcPublicKey, PublicKey> used = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<EcPublicKey, PublicKey> eldest) {
            return size() > CAPACITY;
        }
    };

    PublicKeys(Function<EcPublicKey, PublicKey> parse) {
        this.parse = parse;
    }

    PublicKey of(EcPublicKey key) {
        synchronized (used) {
            PublicKey known = used.get(key);
            if (known != null) {
                return known;
            }
        }
        // Outside of the lock: two that parse one key at once are cheaper than all that wait for it.
        PublicKey parsed = parse.apply(key);
        synchronized (used) {
            used.put(key, parsed);
        }
        return parsed;
    }

    int size() {
        synchronized (used) {
            return used.size();
        }
    }
}
