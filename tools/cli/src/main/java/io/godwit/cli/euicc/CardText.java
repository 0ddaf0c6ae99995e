package io.godwit.cli.euicc;

import io.godwit.gsma.profile.install.CardFile;
import io.godwit.gsma.profile.install.InstalledProfile;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.Connectivity;
import io.godwit.simulator.card.IsdP;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** A card itself, as lines: its ISD-Ps, and the files of each profile that has content. No key and no PIN is among them. */
public final class CardText {
    private final PrintWriter out;
    private final boolean withContent;

    /** @param withContent whether the octets of each file are printed */
    public CardText(PrintWriter out, boolean withContent) {
        this.out = out;
        this.withContent = withContent;
    }

    public void print(CardState card) {
        out.printf(
                Locale.ROOT,
                "Card        EID %s, %,d octets free, SCP80 counter %d%n",
                card.eid(),
                card.freeMemory(),
                card.keySets().get(0).lastAccepted().value());
        card.isdPs().forEach(this::print);
    }

    private void print(IsdP isdP) {
        out.printf(
                Locale.ROOT,
                "  ISD-P %s  %s%s, %,d of %,d octets used%s%n",
                isdP.aid(),
                isdP.state(),
                isdP.fallback() ? ", fall-back" : "",
                isdP.usedMemory(),
                isdP.grantedMemory(),
                isdP.iccid().map(Iccid::digits).map(iccid -> ", ICCID " + iccid).orElse(""));
        print(isdP.connectivity());
        Optional<InstalledProfile> profile = isdP.installed();
        if (profile.isEmpty()) {
            return;
        }
        InstalledProfile installed = profile.get();
        out.printf(
                Locale.ROOT,
                "    type %s, IMSI %s, %d files, %d PINs, %d security domains%n",
                installed.profileType().orElse("-"),
                installed.imsi().map(Object::toString).orElse("-"),
                installed.files().files().size(),
                installed.pins().size(),
                installed.securityDomains().size());
        installed.files().files().forEach(this::print);
    }

    /** Of the bearer's parameters only how many there are: a login and its password may be among them. */
    private void print(Connectivity connectivity) {
        if (!connectivity.equals(Connectivity.NONE)) {
            out.printf(
                    Locale.ROOT,
                    "    connectivity parameters: SMS %s, bearer %s%n",
                    connectivity.sms().map(Octets::toHex).orElse("-"),
                    connectivity
                            .bearer()
                            .map(octets -> octets.length() + " octets")
                            .orElse("-"));
        }
    }

    private void print(CardFile file) {
        String indent = "  ".repeat(file.path().depth());
        out.printf(
                Locale.ROOT,
                "    %-34s %-14s %6s%s%n",
                indent + file.name(),
                file.kind(),
                file.kind().isDirectory() ? "" : Integer.toString(file.size()),
                file.link().map(target -> "  -> " + target).orElse(""));
        // EF.Keys and EF.KeysPS hold what the last authentication came to.
        boolean secret = file.name().startsWith("EF.Keys");
        if (withContent && !secret && !file.content().isEmpty()) {
            out.println("      " + indent + file.content().toHex());
        }
    }
}
