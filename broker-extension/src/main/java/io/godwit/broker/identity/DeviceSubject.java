package io.godwit.broker.identity;

import io.godwit.broker.identity.Gatekeeper.Claim;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Whom a certificate claims to be: {@code CN=<nid>, O=<tenant>}, each once; other attributes do not matter. */
final class DeviceSubject {
    private DeviceSubject() {}

    /** The claim of that certificate's subject; proved only when a trust anchor of that tenant stands behind it. */
    static Optional<Claim> of(X509Certificate certificate) {
        return of(certificate.getSubjectX500Principal());
    }

    static Optional<Claim> of(X500Principal subject) {
        try {
            List<Rdn> names = new LdapName(subject.getName(X500Principal.RFC2253)).getRdns();
            List<String> nids = values(names, "CN");
            List<String> tenants = values(names, "O");
            return nids.size() == 1 && tenants.size() == 1
                    ? Claim.of(tenants.get(0) + "/" + nids.get(0))
                    : Optional.empty();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    /** A name of several attributes is none that we read: which of them is meant would be a guess. */
    private static List<String> values(List<Rdn> names, String type) {
        List<String> values = new ArrayList<>();
        for (Rdn name : names) {
            if (name.size() == 1 && name.getType().equalsIgnoreCase(type) && name.getValue() instanceof String value) {
                values.add(value);
            }
        }
        return values;
    }
}
