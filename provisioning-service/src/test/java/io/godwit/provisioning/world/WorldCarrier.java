package io.godwit.provisioning.world;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.personalisation.PackageSecrets;
import io.godwit.gsma.profile.personalisation.ProfileTemplate;
import io.godwit.gsma.profile.personalisation.SubscriptionDataCodec;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EncryptedSubscription;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A carrier that brings a template and subscriptions to the SM-DP; their secrets come of their numbers. */
public final class WorldCarrier {
    public static final TemplateId TEMPLATE = new TemplateId("acme-iot");

    private final KafkaWorld world;
    private final TenantId tenant;
    private final int series;
    private final Pol1 pol1;

    /** @param series no other carrier of the same database has it */
    public WorldCarrier(KafkaWorld world, TenantId tenant, int series) {
        this(world, tenant, series, Pol1.NONE);
    }

    /** @param pol1 what its profiles start with */
    public WorldCarrier(KafkaWorld world, TenantId tenant, int series, Pol1 pol1) {
        this.pol1 = pol1;
        this.world = world;
        this.tenant = tenant;
        this.series = series;
    }

    /** Brings the template and so many subscriptions, and waits until the SM-DP has them. */
    public void bring(int count) {
        Octets blank = ((ProfileTemplate.Sound) ProfileTemplate.blank(builder(0).build()))
                .template()
                .encode();
        world.template(
                tenant,
                TEMPLATE,
                world.encrypt(tenant, Map.of("template", TEMPLATE.value()), SecretOctets.copyOf(blank)));
        for (int number = 1; number <= count; number++) {
            world.subscriptions(tenant, TEMPLATE, List.of(subscription(number)));
        }
    }

    public Iccid iccid(int number) {
        return Iccid.withCheckDigit("8900090" + String.format(Locale.ROOT, "%06d%06d", series, number));
    }

    /** The package that the carrier would have built itself. */
    public SecretOctets profilePackage(int number) {
        return SecretOctets.copyOf(builder(number).build().encode());
    }

    private EncryptedSubscription subscription(int number) {
        ProfilePackage profile = builder(number).build();
        return new EncryptedSubscription(
                iccid(number),
                world.encrypt(
                        tenant,
                        Map.of(
                                "template",
                                TEMPLATE.value(),
                                "iccid",
                                iccid(number).digits()),
                        SecretOctets.copyOf(
                                SubscriptionDataCodec.write(PackageSecrets.of(profile, iccid(number), imsi(number))))));
    }

    private ProfileBuilder builder(int number) {
        return ProfileBuilder.of(iccid(number), imsi(number), key("Ki", number), key("OP", number))
                .ofType("downloaded")
                .with(pol1);
    }

    private static Imsi imsi(int number) {
        return new Imsi(String.format(Locale.ROOT, "00101%010d", number));
    }

    private static SecretOctets key(String name, int number) {
        return SecretOctets.copyOf(Octets.utf8(name + String.format(Locale.ROOT, "%014d", number)));
    }
}
