package io.godwit.gsma.profile.personalisation;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.AkaParameter;
import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.profile.install.InstalledProfile;
import io.godwit.gsma.profile.personalisation.Personalisation.Personalised;
import io.godwit.gsma.profile.personalisation.Personalisation.Refused;
import io.godwit.gsma.profile.personalisation.SubscriptionData.Algorithm;
import io.godwit.protocol.Octets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts a subscription into a template, and looks afterwards whether the card would have it as wanted. */
final class Personaliser {
    private static final int ICCID_OCTETS = 10;
    private static final int IMSI_OCTETS = 9;
    private static final int ACCESS_CLASS_OCTETS = 2;
    /** Access classes 0 to 9; those above are for special users and stay as the template has them. */
    private static final int COMMON_CLASSES = 0x03ff;

    private final Anatomy template;
    private final SubscriptionData subscription;
    private final Patch patch;

    Personaliser(Anatomy template, SubscriptionData subscription) {
        this.template = template;
        this.subscription = subscription;
        this.patch = new Patch(template.octets());
    }

    /** What does not fit. */
    private static final class Misfit extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        Misfit(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }

    Personalisation personalise() {
        try {
            authentication();
            secrets();
            numbers();
            identities();
            return new Personalised(proven());
        } catch (Misfit misfit) {
            return new Refused(misfit.reason);
        }
    }

    private void authentication() throws Misfit {
        boolean found = false;
        for (ProfileElement element : template.profile().elements()) {
            if (element instanceof AkaParameter aka && aka.configuration() instanceof AkaParameter.Algorithm own) {
                found = true;
                if (own.id() != subscription.aka().algorithm().id()) {
                    throw new Misfit("akaParameter with identification "
                            + aka.header().identification()
                            + " has another algorithm than the subscription's "
                            + subscription.aka().algorithm());
                }
            }
        }
        if (!found) {
            throw new Misfit("the template has no akaParameter with a key of its own");
        }
        if (!subscription.mnoSd().isEmpty()
                && template.profile().elements().stream().noneMatch(SecurityDomain.class::isInstance)) {
            throw new Misfit("the template has no MNO-SD for the subscription's keys");
        }
    }

    private void secrets() throws Misfit {
        Map<String, SecretOctets> given = subscription.secrets();
        Set<String> used = new HashSet<>();
        for (Field field : template.secrets()) {
            String name = field.place().what();
            SecretOctets secret = given.get(name);
            if (secret == null) {
                if (isWithoutMeaning(name) || field.length() == 0) {
                    continue;
                }
                throw new Misfit(
                        "the subscription does not give " + name + ", which the template wants at " + field.place());
            }
            if (secret.length() != field.length()) {
                throw new Misfit("the subscription's " + name + " has " + secret.length()
                        + " octets, the template wants " + field.length() + " at " + field.place());
            }
            patch.put(field, secret.reveal());
            used.add(name);
        }
        for (String name : given.keySet()) {
            if (!used.contains(name)) {
                throw new Misfit("the template has no place for the subscription's " + name);
            }
        }
    }

    /** The test algorithm knows no OPc; the field is there all the same. */
    private boolean isWithoutMeaning(String name) {
        return subscription.aka().algorithm() == Algorithm.USIM_TEST && name.equals(SecretNames.OPC);
    }

    private void numbers() throws Misfit {
        String digits = subscription.iccid().digits();
        Octets iccid = Octets.fromHex(digits + "f".repeat(2 * ICCID_OCTETS - digits.length()));
        template.having(Field.Role.ICCID).forEach(field -> patch.put(field, iccid));
        if (!template.contents().in(Anatomy.EF_ICCID).isEmpty()) {
            patch.put(
                    whole(Anatomy.EF_ICCID, "EF.ICCID", ICCID_OCTETS),
                    subscription.iccid().toSwappedOctets());
        }
        List<FilePath> files = template.imsiFiles();
        if (files.size() != 1) {
            throw new Misfit(
                    files.isEmpty()
                            ? "the template has no EF.IMSI in a USIM"
                            : "the template has EF.IMSI in " + files.size() + " USIMs, the subscription one IMSI");
        }
        Imsi imsi = subscription.imsi();
        patch.put(whole(files.get(0), "EF.IMSI", IMSI_OCTETS), imsi.toOctets());
        for (FilePath path : template.accessClassFiles()) {
            if (!template.contents().in(path).isEmpty()) {
                Field field = whole(path, "EF.ACC", ACCESS_CLASS_OCTETS);
                patch.put(field, accessClass(field.in(template.octets()), imsi));
            }
        }
    }

    private void identities() throws Misfit {
        Octets digits = Octets.utf8(subscription.imsi().digits());
        for (Field field : ImsIdentities.of(template)) {
            if (field.length() != digits.length()) {
                throw new Misfit("the subscription's IMSI has " + digits.length() + " digits, the template wants "
                        + field.length() + " at " + field.place());
            }
            patch.put(field, digits);
        }
    }

    /** Access class by the last digit of the IMSI (TS 22.011 section 4.2). */
    private static Octets accessClass(Octets before, Imsi imsi) {
        int digit = imsi.digits().charAt(imsi.digits().length() - 1) - '0';
        int special = (before.at(0) << 8 | before.at(1)) & ~COMMON_CLASSES;
        int classes = special | 1 << digit;
        return Octets.ofInts(classes >> 8, classes);
    }

    /** The one content of a file that is to be replaced. */
    private Field whole(FilePath path, String name, int octets) throws Misfit {
        List<Contents.Placed> contents = template.contents().in(path);
        if (contents.size() != 1
                || contents.get(0).position() != 0
                || contents.get(0).field().length() != octets) {
            throw new Misfit(
                    "the template does not write " + name + " at " + path + " as " + octets + " octets in one piece");
        }
        return contents.get(0).field();
    }

    private ProfilePackage proven() throws Misfit {
        Octets octets = patch.octets();
        Optional<ProfilePackage> read = ProfilePackage.decode(octets).toOptional();
        if (read.isEmpty()
                || !read.get().encode().equals(octets)
                || !patch.isAllThatDiffers(template.octets(), octets)) {
            throw new Misfit("what came out is not the template with this subscription");
        }
        for (Field field : template.secrets()) {
            if (field.length() > 0
                    && Placeholder.is(field.in(octets))
                    && !isWithoutMeaning(field.place().what())) {
                throw new Misfit("the placeholder is left at " + field.place());
            }
        }
        Installation.State state =
                Installation.start(Anatomy.MEMORY).feed(octets).end().state();
        if (!(state instanceof Installation.Finished finished)) {
            throw new Misfit("a card would not install what came out");
        }
        proveNumbers(finished.profile());
        return read.get();
    }

    private void proveNumbers(InstalledProfile profile) throws Misfit {
        boolean iccid = profile.iccid().filter(subscription.iccid()::equals).isPresent()
                && (template.contents().in(Anatomy.EF_ICCID).isEmpty()
                        || profile.files()
                                .content(Anatomy.EF_ICCID)
                                .filter(subscription.iccid().toSwappedOctets()::equals)
                                .isPresent());
        boolean imsi = profile.files()
                .content(template.imsiFiles().get(0))
                .flatMap(Imsi::of)
                .filter(subscription.imsi()::equals)
                .isPresent();
        if (!iccid || !imsi) {
            throw new Misfit("a card that installs what came out has another ICCID or IMSI");
        }
    }
}
