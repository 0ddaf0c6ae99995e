package io.godwit.system.secrets;

import io.godwit.cli.platform.Installation;
import io.godwit.gsma.certificate.Pem;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.Pkcs8;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.personalisation.PackageSecrets;
import io.godwit.gsma.profile.personalisation.SubscriptionData;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.card.KeySet;
import io.godwit.simulator.device.InsertedCard;
import io.godwit.simulator.fleet.Credential;
import io.godwit.simulator.fleet.DeviceFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** The secrets of a run, collected where they belong: from the cards, the carrier's own copy, and the files of the home. */
public final class KnownSecrets {
    /** The PIN of every package that our builder makes: it is in its source, and tells nothing. */
    private static final Octets NO_SECRET = SubscriptionData.code("0000").reveal();

    private static final JsonReader LINES = new JsonReader(4096, 2);

    private final Map<Octets, Secret> byValue = new LinkedHashMap<>();

    /** Each once. */
    public Collection<Secret> all() {
        return byValue.values();
    }

    /** How many there are whose names begin so. */
    public long count(String name) {
        return byValue.values().stream()
                .filter(secret -> secret.name().startsWith(name))
                .count();
    }

    /** What is not known from files. */
    public void add(String name, Octets value) {
        if (!value.equals(NO_SECRET)) {
            byValue.putIfAbsent(value, new Secret(name, value));
        }
    }

    private void add(String name, SecretOctets value) {
        add(name, value.reveal());
    }

    private void addText(String name, String value) {
        add(name, Octets.utf8(value));
        if (value.matches("[A-Za-z0-9_-]{43}")) {
            add(name + ", decoded", Octets.of(Base64.getUrlDecoder().decode(value)));
        }
    }

    /** All that a subscription has of its own. */
    public void add(SubscriptionData data) {
        String of = " of subscription " + data.iccid();
        add("K" + of, data.aka().k());
        data.aka().opc().ifPresent(opc -> add("OPc" + of, opc));
        data.pins()
                .forEach((reference, pin) ->
                        add((reference >= 10 && reference < 0x80 ? "ADM " : "PIN ") + reference + of, pin));
        data.puks().forEach((reference, puk) -> add("PUK " + reference + of, puk));
        data.mnoSd()
                .forEach(set -> set.keys()
                        .forEach(key -> add("MNO-SD key " + set.version() + "/" + key.id() + of, key.value())));
    }

    /** The subscriptions in a carrier's own copy: whoever knows K knows all that our builder derives from it. */
    public void addSubscribers(Path networksCopy) throws IOException {
        for (String line : Files.readAllLines(networksCopy)) {
            Json.Obj one = ((JsonReader.Read) LINES.read(Octets.utf8(line))).object();
            Iccid iccid = new Iccid(one.text("iccid").orElseThrow());
            Imsi imsi = new Imsi(one.text("imsi").orElseThrow());
            ProfileBuilder builder = ProfileBuilder.of(iccid, imsi, key(one, "k"), key(one, "opc"));
            add(PackageSecrets.of(builder.build(), iccid, imsi));
            add("MNO-SD key DEK of subscription " + iccid, builder.mnoDek());
            add("MNO-SD key for tokens of subscription " + iccid, builder.tokenKey());
        }
    }

    private static SecretOctets key(Json.Obj line, String name) {
        return SecretOctets.copyOf(Octets.fromHex(line.text(name).orElseThrow()));
    }

    /** What the cards in that folder, and their devices, have at this moment. */
    public void addCards(Path folder) throws IOException {
        DeviceFiles files = new DeviceFiles(folder);
        for (Eid eid : files.eids()) {
            add(((InsertedCard) files.load(eid).card()).euicc().state());
            files.findCredential(eid)
                    .map(Credential::identity)
                    .ifPresent(identity -> addText("device secret of " + identity.nid(), identity.secret()));
        }
    }

    /** All that a card has. */
    public void add(CardState card) {
        String of = " of card " + card.eid();
        card.keySets().stream().map(KeySet::keys).forEach(keys -> add(keys, of));
        card.ecasd().ifPresent(ecasd -> add("ECASD's private key" + of, ecasd.privateKey()));
        card.extensionKey().ifPresent(key -> add("group extension's private key" + of, key.privateKey()));
        card.isdPs().forEach(isdP -> add(isdP, of));
    }

    private void add(Scp80Keys keys, String of) {
        add("SCP80 KIc " + keys.keySetVersion() + of, keys.kic());
        add("SCP80 KID " + keys.keySetVersion() + of, keys.kid());
    }

    private void add(IsdP isdP, String of) {
        isdP.keys().ifPresent(agreed -> {
            Scp03Keys keys = agreed.keys();
            add("SCP03 ENC of ISD-P " + isdP.aid() + of, keys.enc());
            add("SCP03 MAC of ISD-P " + isdP.aid() + of, keys.mac());
            add("SCP03 DEK of ISD-P " + isdP.aid() + of, keys.dek());
        });
        isdP.installed()
                .flatMap(installed -> installed.imsi())
                .ifPresent(imsi -> add(PackageSecrets.of(
                        ProfilePackage.decode(
                                        isdP.profilePackage().orElseThrow().reveal())
                                .toOptional()
                                .orElseThrow(),
                        isdP.iccid().orElseThrow(),
                        imsi)));
    }

    /** Passwords, peppers, the master key, and private keys of that installation. */
    public void addHome(Installation installation) throws IOException, GeneralSecurityException {
        Path home = installation.home();
        // Before the passwords, among which the local platform keeps it too.
        add(
                "master key",
                Octets.fromBase64(Files.readString(home.resolve("master.key")).strip()));
        Properties passwords = new Properties();
        try (var in = Files.newInputStream(home.resolve("secrets.properties"))) {
            passwords.load(in);
        }
        for (String name : passwords.stringPropertyNames()) {
            addText("password " + name, passwords.getProperty(name));
        }
        addTokenKey(home.resolve("token-key.pkcs8"));
        try (Stream<Path> keys = Files.list(installation.testPki())) {
            for (Path file :
                    keys.filter(key -> key.toString().endsWith(".key.pem")).toList()) {
                addPrivateKey(file);
            }
        }
    }

    private void addPrivateKey(Path file) throws IOException {
        List<Octets> ders = Pem.all(Files.readString(file), Pem.PRIVATE_KEY);
        for (Octets der : ders) {
            EcKeyPair pair = Pkcs8.decode(der).toOptional().orElseThrow();
            add("private key " + file.getFileName(), pair.reveal());
        }
    }

    private void addTokenKey(Path file) throws IOException, GeneralSecurityException {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey)
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(file)));
        add("token key's p", octets(key.getPrimeP()));
        add("token key's q", octets(key.getPrimeQ()));
        add("token key's d", octets(key.getPrivateExponent()));
    }

    private static Octets octets(BigInteger number) {
        Octets octets = Octets.of(number.toByteArray());
        return octets.at(0) == 0 ? octets.from(1) : octets;
    }
}
