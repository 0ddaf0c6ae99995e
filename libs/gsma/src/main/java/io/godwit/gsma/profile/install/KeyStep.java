package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.AkaParameter;
import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.PeStatus;
import io.godwit.gsma.profile.PinCodes;
import io.godwit.gsma.profile.PukCodes;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.gsma.profile.install.InstalledProfile.Authentication;
import io.godwit.gsma.profile.install.InstalledProfile.DirectoryPin;
import java.util.List;
import java.util.OptionalInt;

/** Installs PINs, PUKs, authentication parameters and security domains. */
final class KeyStep {
    /** What each of them costs, by our count. */
    private static final int CODE = 16;

    private static final int AUTHENTICATION = 128;
    private static final int SECURITY_DOMAIN = 512;
    private static final int KEY = 48;

    private KeyStep() {}

    static void install(Draft draft, PinCodes element) {
        FilePath directory = draft.pinDirectory.orElseThrow(() -> StatusFault.invalidFormat("PINs before a directory"));
        if (element.source() instanceof PinCodes.Shared shared) {
            List<PinCodes.Pin> pins = draft.pins.stream()
                    .filter(one -> one.directory().equals(shared.path()))
                    .map(DirectoryPin::pin)
                    .toList();
            if (pins.isEmpty()) {
                throw new StatusFault(PeStatus.PIN_CODE_MISSING, shared.path() + " has no PINs to share");
            }
            pins.forEach(pin -> add(draft, directory, pin));
        } else if (element.source() instanceof PinCodes.Own own) {
            own.pins().forEach(pin -> add(draft, directory, pin));
        }
    }

    private static void add(Draft draft, FilePath directory, PinCodes.Pin pin) {
        if (draft.hasPin(directory, pin.keyReference())) {
            throw StatusFault.invalidParameter(directory + " has PIN " + pin.keyReference() + " already");
        }
        OptionalInt puk = pin.pukReference();
        if (puk.isPresent() && draft.puks.stream().noneMatch(one -> one.keyReference() == puk.getAsInt())) {
            throw StatusFault.invalidParameter("PIN " + pin.keyReference() + " without its PUK " + puk.getAsInt());
        }
        draft.take(CODE);
        draft.pins.add(new DirectoryPin(directory, pin));
    }

    static void install(Draft draft, PukCodes element) {
        for (PukCodes.Puk puk : element.puks()) {
            if (draft.puks.stream().anyMatch(one -> one.keyReference() == puk.keyReference())) {
                throw StatusFault.invalidParameter("PUK " + puk.keyReference() + " is there already");
            }
            draft.take(CODE);
            draft.puks.add(puk);
        }
    }

    static void install(Draft draft, AkaParameter element) {
        FilePath application =
                draft.application.orElseThrow(() -> StatusFault.invalidFormat("authentication before an application"));
        if (element.configuration() instanceof AkaParameter.Algorithm algorithm) {
            require(algorithm);
        } else if (element.configuration() instanceof AkaParameter.Mapping mapping
                && draft.files.values().stream()
                        .noneMatch(file ->
                                file.aid().filter(mapping.source()::equals).isPresent())) {
            throw StatusFault.invalidParameter("authentication of an application that is not there");
        }
        draft.take(AUTHENTICATION);
        draft.authentications.add(new Authentication(application, element));
    }

    private static void require(AkaParameter.Algorithm algorithm) {
        boolean lengths =
                switch (algorithm.id()) {
                    case AkaParameter.MILENAGE ->
                        algorithm.key().length() == 16 && algorithm.opc().length() == 16;
                    case AkaParameter.TUAK -> algorithm.opc().length() == 32;
                    case AkaParameter.USIM_TEST -> algorithm.key().length() == 16;
                    default ->
                        throw new StatusFault(
                                PeStatus.FEATURE_NOT_SUPPORTED, "authentication algorithm " + algorithm.id());
                };
        if (!lengths) {
            throw StatusFault.badValues("a key of another length than the algorithm's");
        }
    }

    static void install(Draft draft, SecurityDomain element) {
        if (draft.securityDomains.stream()
                .anyMatch(one -> one.instance().aid().equals(element.instance().aid()))) {
            throw StatusFault.invalidParameter("security domain is there already");
        }
        draft.take(SECURITY_DOMAIN);
        element.keys().forEach(key -> draft.take(KEY * key.components().size()));
        element.personalisation().forEach(data -> draft.take(data.length()));
        draft.securityDomains.add(element);
    }
}
