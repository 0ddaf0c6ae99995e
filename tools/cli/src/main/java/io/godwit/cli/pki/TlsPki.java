package io.godwit.cli.pki;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.X509Issuer;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.util.IPAddress;

/**
 * TLS on the MQTT listener: a CA for the broker's certificate, and a CA for each tenant's devices. A device's certificate
 * names nid and tenant as CN and O.
 */
public final class TlsPki {
    private static final String CA = "tls-ca";
    private static final String SERVER = "mqtt-server";
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    private TlsPki() {}

    /** The TLS CA, and key and certificate of a broker that is reached by {@code hosts}: names or addresses. */
    public static List<PkiFile> listener(List<String> hosts, Issuing issuing) {
        EcKeyPair caKey = issuing.newKey();
        X509Issuer issuer = new X509Issuer(new X500Name("O=Godwit,CN=TLS CA"), caKey);
        CaCertificate ca = issuer.root(issuing.terms());
        EcKeyPair key = issuing.newKey();
        GeneralName[] names = hosts.stream().map(TlsPki::name).toArray(GeneralName[]::new);
        Octets certificate = issuer.issue(
                subject("Godwit", hosts.get(0)),
                key.publicKey(),
                issuing.terms(),
                end(
                        KeyPurposeId.id_kp_serverAuth,
                        new X509Issuer.Special(Extension.subjectAlternativeName, false, new GeneralNames(names))));
        String password = issuing.serial().toHex();
        return List.of(
                PkiFile.key(CA, caKey),
                PkiFile.certificate(CA, ca),
                new PkiFile(SERVER + ".p12", KeyStores.of(SERVER, key, List.of(certificate, ca.der()), password), true),
                new PkiFile(SERVER + ".p12.password", Octets.utf8(password + "\n"), true));
    }

    /** The CA of a tenant's devices. */
    public static List<PkiFile> tenant(TenantId tenant, Issuing issuing) {
        EcKeyPair key = issuing.newKey();
        CaCertificate ca = new X509Issuer(subject(tenant.value(), "Device CA"), key).root(issuing.terms());
        return List.of(PkiFile.key(deviceCa(tenant), key), PkiFile.certificate(deviceCa(tenant), ca));
    }

    /** Key and certificate of a device, by its tenant's CA in {@code folder}. */
    public static List<PkiFile> device(PkiFolder folder, TenantId tenant, Nid nid, Issuing issuing) throws IOException {
        String maker = "godwit pki tenant --out " + folder.path() + " --tenant " + tenant;
        try (EcKeyPair caKey = folder.key(deviceCa(tenant), maker)) {
            CaCertificate ca = folder.authority(deviceCa(tenant), maker);
            if (!ca.publicKey().equals(caKey.publicKey())) {
                throw new PkiException(
                        "Key and certificate of the device CA of " + tenant + " do not belong together.");
            }
            EcKeyPair key = issuing.newKey();
            Octets certificate = new X509Issuer(subject(tenant.value(), "Device CA"), caKey)
                    .issue(
                            subject(tenant.value(), nid.value()),
                            key.publicKey(),
                            issuing.terms(),
                            end(KeyPurposeId.id_kp_clientAuth));
            String name = "tenants/" + tenant + "/devices/" + nid;
            return List.of(PkiFile.key(name, key), PkiFile.certificate(name, certificate));
        }
    }

    private static String deviceCa(TenantId tenant) {
        return "tenants/" + tenant + "/device-ca";
    }

    private static X500Name subject(String organization, String name) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, organization)
                .addRDN(BCStyle.CN, name)
                .build();
    }

    private static List<X509Issuer.Special> end(KeyPurposeId purpose, X509Issuer.Special... more) {
        List<X509Issuer.Special> specials = new java.util.ArrayList<>(List.of(
                new X509Issuer.Special(Extension.basicConstraints, true, new BasicConstraints(false)),
                new X509Issuer.Special(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
                new X509Issuer.Special(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))));
        specials.addAll(List.of(more));
        return specials;
    }

    /** Whether a certificate can name it: a DNS name, or an address. */
    public static boolean isHost(String host) {
        return isAddress(host)
                || (host.length() < 254 && host.matches(LABEL + "(\\." + LABEL + ")*") && !isNumeric(host));
    }

    private static boolean isNumeric(String host) {
        return host.matches("[0-9.]+");
    }

    private static boolean isAddress(String host) {
        return IPAddress.isValid(host);
    }

    private static GeneralName name(String host) {
        return new GeneralName(isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }
}
