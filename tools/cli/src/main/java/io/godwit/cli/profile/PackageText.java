package io.godwit.cli.profile;

import io.godwit.gsma.profile.PeHeader;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.protocol.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A package as lines or as JSON, element by element. No key, no code and no content of a file is in it. */
public final class PackageText {
    /** What takes a line each. */
    private static final Set<String> LISTS = Set.of("files", "keys", "pins");

    private PackageText() {}

    /** An element and where it stands. */
    private record Placed(int index, int offset, int octets, ProfileElement element) {}

    public static Json.Obj json(ProfilePackage profile) {
        List<Placed> placed = placed(profile);
        return Json.object()
                .put("octets", octets(placed))
                .put("elements", placed.stream().map(PackageText::json).toList())
                .build();
    }

    private static Json.Obj json(Placed placed) {
        Optional<PeHeader> header = placed.element().peHeader();
        Json.ObjectBuilder object = Json.object()
                .put("index", placed.index())
                .put("kind", placed.element().kind().literal());
        header.ifPresent(
                one -> object.put("identification", one.identification()).put("mandated", one.mandated()));
        object.put("offset", placed.offset()).put("octets", placed.octets());
        ElementDetails.of(placed.element()).forEach(detail -> object.put(detail.name(), detail.toJson()));
        return object.build();
    }

    public static String lines(ProfilePackage profile) {
        List<Placed> placed = placed(profile);
        StringBuilder lines = new StringBuilder(String.format(
                Locale.ROOT, "Profile package, %,d octets, %d elements%n", octets(placed), placed.size()));
        placed.forEach(one -> lines(one, lines));
        return lines.toString();
    }

    private static void lines(Placed placed, StringBuilder lines) {
        String called = placed.element()
                .peHeader()
                .map(header -> "identification " + header.identification() + (header.mandated() ? ", mandated" : ""))
                .orElse("");
        lines.append(String.format(
                        Locale.ROOT,
                        "%4d  %-22s octet %6d, %5d octets  %s",
                        placed.index(),
                        placed.element().kind(),
                        placed.offset(),
                        placed.octets(),
                        called)
                .stripTrailing());
        lines.append(System.lineSeparator());
        for (Detail detail : ElementDetails.of(placed.element())) {
            boolean list = LISTS.contains(detail.name());
            if (list) {
                detail.values()
                        .forEach(value -> lines.append("        ").append(value).append(System.lineSeparator()));
            } else if (!detail.values().isEmpty()) {
                lines.append(String.format(
                        Locale.ROOT, "      %-22s %s%n", detail.name(), String.join(", ", detail.values())));
            }
        }
    }

    private static List<Placed> placed(ProfilePackage profile) {
        List<Placed> placed = new ArrayList<>();
        int offset = 0;
        for (ProfileElement element : profile.elements()) {
            int octets = element.encode().length();
            placed.add(new Placed(placed.size(), offset, octets, element));
            offset += octets;
        }
        return placed;
    }

    private static int octets(List<Placed> placed) {
        return placed.stream().mapToInt(Placed::octets).sum();
    }
}
