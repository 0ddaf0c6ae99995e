package io.godwit.gsma.profile.personalisation;

import io.godwit.gsma.profile.ElementKind;
import io.godwit.gsma.profile.PeHeader;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.gsma.profile.personalisation.Grammar.Inside;
import io.godwit.gsma.profile.personalisation.Grammar.Meaning;
import io.godwit.gsma.profile.personalisation.Grammar.Open;
import io.godwit.gsma.profile.personalisation.Grammar.Secret;
import io.godwit.gsma.profile.personalisation.Grammar.Special;
import io.godwit.protocol.Octets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Goes through a package part by part and sorts its octets: fields that matter to a template, and parts that nobody knows. */
final class Survey {
    private static final int IDENTIFIER = 0x82;
    private static final int VERSION = 0x83;
    private static final int REFERENCE = 0x80;
    private static final int KEY_TYPE = 0x80;

    private final List<Field> fields = new ArrayList<>();
    private final List<SecretPlace> unknown = new ArrayList<>();
    private final Deque<Part> within = new ArrayDeque<>();
    private int index;
    private ElementKind kind = ElementKind.HEADER;
    private OptionalInt identification = OptionalInt.empty();
    private String owner = "";
    private boolean mnoSdSeen;

    private Survey() {}

    /** @param octets the package's */
    static Survey of(ProfilePackage profile, Octets octets) {
        Survey survey = new Survey();
        List<Part> parts = Part.sequence(octets, 0).orElse(List.of());
        for (int i = 0; i < parts.size(); i++) {
            survey.element(i, profile.elements().get(i), parts.get(i));
        }
        return survey;
    }

    List<Field> fields() {
        return List.copyOf(fields);
    }

    /** What could hide a secret and cannot be looked into. */
    List<SecretPlace> unknown() {
        return List.copyOf(unknown);
    }

    private void element(int at, ProfileElement element, Part part) {
        index = at;
        kind = element.kind();
        Optional<PeHeader> header = element.peHeader();
        identification = header.isPresent() ? OptionalInt.of(header.get().identification()) : OptionalInt.empty();
        if (element instanceof SecurityDomain domain) {
            owner = mnoSdSeen ? "security domain " + domain.instance().aid() : SecretNames.MNO_SD;
            mnoSdSeen = true;
        }
        inside(part, Grammar.line(kind));
    }

    private void inside(Part part, String line) {
        Optional<List<Part>> children = part.children();
        if (children.isEmpty()) {
            unknown(part, "octets that are no TLV");
            return;
        }
        within.push(part);
        children.get().forEach(child -> part(child, line));
        within.pop();
    }

    private void part(Part part, String line) {
        Meaning meaning = Grammar.meaning(line, part.tag()).orElse(new Open(-1));
        if (meaning instanceof Open open) {
            if (part.value().length() > open.mostOctets()) {
                unknown(part, String.format("tag %02X in %s, which is not known", part.tag(), line));
            }
        } else if (meaning instanceof Secret secret) {
            field(part, secret.name(), Field.Role.SECRET);
        } else if (meaning instanceof Inside inside) {
            inside(part, inside.line());
        } else if (meaning instanceof Special special) {
            special(part, special.name());
        }
    }

    private void special(Part part, String name) {
        switch (name) {
            case "iccid" -> field(part, "ICCID", Field.Role.ICCID);
            case "content" -> field(part, "content of a file", Field.Role.CONTENT);
            case "pattern" -> field(part, "filling of a file", Field.Role.PATTERN);
            case "name" -> field(part, "AID of a directory", Field.Role.NAME);
            case "code" -> field(part, "code of an application", Field.Role.CODE);
            case "pin" -> field(part, SecretNames.pin(within.getFirst().number(REFERENCE)), Field.Role.SECRET);
            case "puk" -> field(part, SecretNames.puk(within.getFirst().number(REFERENCE)), Field.Role.SECRET);
            case "key" -> field(part, keyName(), Field.Role.SECRET);
            case "parameters" ->
                unless(OpenValues.isParameters(part.value()), part, "install parameters, which can hold keys");
            case "storeData" ->
                unless(OpenValues.isStoreData(part.value()), part, "personalisation data, which can hold keys");
            case "connectivity" ->
                unless(
                        OpenValues.isConnectivity(part.value()),
                        part,
                        "connectivity parameters, which can hold a password");
            case "constants" ->
                unless(OpenValues.isConstant(part.value()), part, "an operator's own constants of Milenage");
            default -> throw new IllegalStateException("the grammar has no @" + name);
        }
    }

    /** Within a component, which is within the list of components, which is within the key. */
    private String keyName() {
        List<Part> around = List.copyOf(within);
        Part key = around.get(2);
        String type = around.get(0).children().orElse(List.of()).stream()
                .filter(part -> part.tag() == KEY_TYPE)
                .map(part -> part.value().toHex())
                .findFirst()
                .orElse("");
        return SecretNames.key(key.number(IDENTIFIER), key.number(VERSION), type, owner);
    }

    private void unless(boolean open, Part part, String what) {
        if (!open) {
            unknown(part, what);
        }
    }

    private void field(Part part, String what, Field.Role role) {
        fields.add(new Field(place(part, what), part.value().length(), role));
    }

    private void unknown(Part part, String what) {
        unknown.add(place(part, what));
    }

    private SecretPlace place(Part part, String what) {
        return new SecretPlace(index, kind, identification, part.valueAt(), what);
    }
}
