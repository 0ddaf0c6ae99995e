package io.godwit.cli.profile;

import io.godwit.gsma.profile.AkaParameter;
import io.godwit.gsma.profile.Application;
import io.godwit.gsma.profile.ApplicationInstance;
import io.godwit.gsma.profile.CdmaParameter;
import io.godwit.gsma.profile.NonStandard;
import io.godwit.gsma.profile.Oid;
import io.godwit.gsma.profile.PinCodes;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfileHeader;
import io.godwit.gsma.profile.PukCodes;
import io.godwit.gsma.profile.Rfm;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.gsma.profile.Service;
import io.godwit.gsma.profile.personalisation.SecretNames;
import io.godwit.gsma.profile.personalisation.SubscriptionData.Algorithm;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What an element says, without any secret: keys and codes by what they are called, contents by how long they are. */
final class ElementDetails {
    private ElementDetails() {}

    static List<Detail> of(ProfileElement element) {
        if (element instanceof ProfileHeader header) {
            return of(header);
        }
        if (element instanceof PinCodes pins) {
            return of(pins);
        }
        if (element instanceof PukCodes puks) {
            return List.of(Detail.several(
                    "puks",
                    puks.puks().stream()
                            .map(puk -> SecretNames.puk(puk.keyReference()))
                            .toList()));
        }
        if (element instanceof AkaParameter aka) {
            return of(aka);
        }
        if (element instanceof CdmaParameter cdma) {
            return of(cdma);
        }
        if (element instanceof SecurityDomain domain) {
            return of(domain);
        }
        if (element instanceof Rfm rfm) {
            return of(rfm);
        }
        if (element instanceof Application application) {
            return of(application);
        }
        if (element instanceof NonStandard other) {
            return List.of(
                    Detail.one("issuer", other.issuer().toString()), Detail.one("content", length(other.content())));
        }
        return FileDetails.of(element);
    }

    private static List<Detail> of(ProfileHeader header) {
        List<Detail> details = new ArrayList<>();
        details.add(Detail.one("version", header.major() + "." + header.minor()));
        header.profileType().ifPresent(type -> details.add(Detail.one("profileType", type)));
        details.add(Detail.one("iccid", header.iccid().toHex().replaceAll("f+$", "")));
        header.pol().ifPresent(pol -> details.add(Detail.one("pol1", pol.toHex())));
        details.add(Detail.several(
                "services",
                header.services().stream()
                        .map(number -> Service.of(number)
                                .map(service -> ProfileFile.words(service.toString()))
                                .orElse("service " + number))
                        .toList()));
        details.add(Detail.several(
                "templates", header.templates().stream().map(Oid::toString).toList()));
        if (!header.applications().isEmpty()) {
            details.add(Detail.several(
                    "applications",
                    header.applications().stream()
                            .map(one -> one.aid().toString())
                            .toList()));
        }
        return details;
    }

    private static List<Detail> of(PinCodes pins) {
        if (pins.source() instanceof PinCodes.Shared shared) {
            return List.of(Detail.one("sharedWith", shared.path().toString()));
        }
        return List.of(Detail.several(
                "pins",
                ((PinCodes.Own) pins.source())
                        .pins().stream().map(ElementDetails::of).toList()));
    }

    private static String of(PinCodes.Pin pin) {
        String name = SecretNames.pin(pin.keyReference());
        return pin.pukReference().isPresent()
                ? name + ", unblocked by " + SecretNames.puk(pin.pukReference().getAsInt())
                : name;
    }

    private static List<Detail> of(AkaParameter aka) {
        if (aka.configuration() instanceof AkaParameter.Mapping mapping) {
            return List.of(Detail.one("sameAs", mapping.source().toString()));
        }
        AkaParameter.Algorithm algorithm = (AkaParameter.Algorithm) aka.configuration();
        return List.of(
                Detail.one(
                        "algorithm",
                        Algorithm.of(algorithm.id())
                                .map(one -> ProfileFile.words(one.toString()))
                                .orElse("algorithm " + algorithm.id())),
                Detail.several(
                        "keys",
                        List.of(
                                "K of " + algorithm.key().length() + " octets",
                                "OPc of " + algorithm.opc().length() + " octets")));
    }

    private static List<Detail> of(CdmaParameter cdma) {
        List<String> secrets = new ArrayList<>(List.of("A-Key"));
        cdma.sharedSecretData().ifPresent(secret -> secrets.add("SSD"));
        cdma.hrpd().ifPresent(secret -> secrets.add("HRPD secret"));
        cdma.simpleIp().ifPresent(secret -> secrets.add("Simple IP secret"));
        cdma.mobileIp().ifPresent(secret -> secrets.add("Mobile IP secret"));
        return List.of(Detail.several("keys", secrets));
    }

    private static List<Detail> of(SecurityDomain domain) {
        List<Detail> details = new ArrayList<>(of(domain.instance()));
        details.add(Detail.several(
                "keys", domain.keys().stream().flatMap(ElementDetails::of).toList()));
        if (!domain.personalisation().isEmpty()) {
            details.add(Detail.several(
                    "personalisation",
                    domain.personalisation().stream()
                            .map(ElementDetails::length)
                            .toList()));
        }
        return details;
    }

    private static Stream<String> of(SecurityDomain.Key key) {
        return key.components().stream()
                .map(component -> String.format(
                        Locale.ROOT,
                        "key %d of key set %d, type %s, %d octets",
                        key.identifier(),
                        key.version(),
                        component.type().toHex(),
                        component.value().length()));
    }

    private static List<Detail> of(ApplicationInstance instance) {
        List<Detail> details =
                new ArrayList<>(List.of(Detail.one("aid", instance.aid().toString())));
        instance.extradition().ifPresent(domain -> details.add(Detail.one("securityDomain", domain.toString())));
        return details;
    }

    private static List<Detail> of(Rfm rfm) {
        List<Detail> details =
                new ArrayList<>(List.of(Detail.one("aid", rfm.aid().toString())));
        rfm.securityDomain().ifPresent(domain -> details.add(Detail.one("securityDomain", domain.toString())));
        details.add(
                Detail.several("tars", rfm.tars().stream().map(Octets::toHex).toList()));
        details.add(
                Detail.one("minimumSecurityLevel", rfm.minimumSecurityLevel().toHex()));
        rfm.adf().ifPresent(adf -> details.add(Detail.one("adf", adf.aid().toString())));
        return details;
    }

    private static List<Detail> of(Application application) {
        List<Detail> details = new ArrayList<>();
        application.loadBlock().ifPresent(block -> {
            details.add(Detail.one("loadFile", block.loadFile().toString()));
            details.add(Detail.one(
                    "code",
                    length(block.code()) + ", SHA-256 " + block.code().sha256().toHex()));
        });
        if (!application.instances().isEmpty()) {
            details.add(Detail.several(
                    "instances",
                    application.instances().stream()
                            .map(one -> one.aid().toString())
                            .toList()));
        }
        return details;
    }

    private static String length(Octets octets) {
        return octets.length() == 1 ? "1 octet" : octets.length() + " octets";
    }
}
