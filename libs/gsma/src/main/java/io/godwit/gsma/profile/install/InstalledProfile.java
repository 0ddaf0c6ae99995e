package io.godwit.gsma.profile.install;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.aka.Usim;
import io.godwit.gsma.aka.UsimParameters;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.profile.AkaParameter;
import io.godwit.gsma.profile.ElementKind;
import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.PinCodes;
import io.godwit.gsma.profile.ProfileHeader;
import io.godwit.gsma.profile.PukCodes;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.protocol.Iccid;
import java.util.List;
import java.util.Optional;

/**
 * What a package has become on the card. Keys and PINs are in it, and none of them in its {@code toString}.
 *
 * @param securityDomains the first is the MNO-SD
 * @param notInterpreted elements that the card has taken and does nothing with
 * @param memoryUsed octets, by the count of this library and not of any card
 */
public record InstalledProfile(
        ProfileHeader header,
        FileSystem files,
        List<DirectoryPin> pins,
        List<PukCodes.Puk> puks,
        List<Authentication> authentications,
        List<SecurityDomain> securityDomains,
        List<NotInterpreted> notInterpreted,
        int memoryUsed) {
    private static final String USIM = "ADF.USIM";
    private static final int EF_IMSI = 0x6f07;
    /** So that two applications with each other's parameters have none. */
    private static final int MAX_MAPPINGS = 2;

    public InstalledProfile {
        requireNonNull(header, "header is null");
        requireNonNull(files, "files is null");
        pins = List.copyOf(pins);
        puks = List.copyOf(puks);
        authentications = List.copyOf(authentications);
        securityDomains = List.copyOf(securityDomains);
        notInterpreted = List.copyOf(notInterpreted);
    }

    /** A PIN and the directory for which it is. */
    public record DirectoryPin(FilePath directory, PinCodes.Pin pin) {
        public DirectoryPin {
            requireNonNull(directory, "directory is null");
            requireNonNull(pin, "pin is null");
        }
    }

    /** How the application in this ADF authenticates. */
    public record Authentication(FilePath application, AkaParameter parameter) {
        public Authentication {
            requireNonNull(application, "application is null");
            requireNonNull(parameter, "parameter is null");
        }
    }

    /** @param octets how long the element is */
    public record NotInterpreted(ElementKind kind, int identification, int octets) {
        public NotInterpreted {
            requireNonNull(kind, "kind is null");
        }
    }

    /** The header's ICCID; empty when its digits are none (ITU-T E.118). */
    public Optional<Iccid> iccid() {
        String digits = header.iccid().toHex().replaceAll("f+$", "");
        try {
            return Optional.of(new Iccid(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The policy rules that the profile starts with. */
    public Pol1 pol1() {
        return header.pol().map(pol -> new Pol1(pol.at(0))).orElse(Pol1.NONE);
    }

    public Optional<String> profileType() {
        return header.profileType();
    }

    /** How the USIM authenticates, by parameters of its own or of another application; it has accepted nothing yet. */
    public Optional<Usim> usim() {
        return files.directory(USIM)
                .map(CardFile::path)
                .flatMap(path -> parameter(path, MAX_MAPPINGS))
                .flatMap(UsimParameters::read);
    }

    private Optional<AkaParameter> parameter(FilePath application, int mappings) {
        Optional<AkaParameter> parameter = authentications.stream()
                .filter(authentication -> authentication.application().equals(application))
                .map(Authentication::parameter)
                .findFirst();
        return parameter.flatMap(found -> found.configuration() instanceof AkaParameter.Mapping mapping
                ? source(mapping).filter(other -> mappings > 0).flatMap(other -> parameter(other, mappings - 1))
                : parameter);
    }

    private Optional<FilePath> source(AkaParameter.Mapping mapping) {
        return files.files().stream()
                .filter(file -> file.aid().filter(mapping.source()::equals).isPresent())
                .map(CardFile::path)
                .findFirst();
    }

    /** The IMSI in the USIM. */
    public Optional<Imsi> imsi() {
        return files.directory(USIM)
                .flatMap(usim -> usim.path().child(EF_IMSI))
                .flatMap(files::content)
                .flatMap(Imsi::of);
    }
}
