package io.godwit.gsma.ecdsa;

import java.security.Provider;
import java.util.Optional;

/**
 * Finds the Amazon Corretto Crypto Provider on the class path and asks it whether it runs here. By reflection, because it
 * comes for one processor and one system at a time and may be left out.
 */
final class CorrettoProvider {
    private static final String CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private CorrettoProvider() {}

    /** The provider, when its native library is loaded and its self tests have passed. */
    static Optional<Provider> load() {
        try {
            Class<?> type = Class.forName(CLASS, true, CorrettoProvider.class.getClassLoader());
            Provider provider = (Provider) type.getField("INSTANCE").get(null);
            boolean sound = type.getMethod("getLoadingError").invoke(provider) == null
                    && "PASSED"
                            .equals(String.valueOf(
                                    type.getMethod("runSelfTests").invoke(provider)));
            return sound ? Optional.of(provider) : Optional.empty();
        } catch (ReflectiveOperationException | LinkageError | ClassCastException notHere) {
            return Optional.empty();
        }
    }
}
