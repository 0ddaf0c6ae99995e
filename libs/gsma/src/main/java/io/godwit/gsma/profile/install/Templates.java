package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.ElementKind;
import io.godwit.gsma.profile.Oid;
import io.godwit.gsma.profile.install.Template.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The templates that the card knows, by their object identifiers 2.23.143.1.2.n (TCA Annex A). */
final class Templates {
    /** DF.SNPN, DF.5G_ProSe and the two of IoT. */
    private static final List<Oid> STORED =
            List.of(Oid.template(15), Oid.template(16), Oid.template(17), Oid.template(18));

    private static final List<Template> ALL = Stream.of(
                    byDefault(ElementKind.MF, TelecomTables.MF, 1),
                    optional(ElementKind.CD, TelecomTables.CD, 2),
                    optional(ElementKind.TELECOM, upTo(TelecomTables.TELECOM, "EF.MMSSMode"), 3),
                    optional(ElementKind.TELECOM, TelecomTables.TELECOM, 3, 2),
                    byDefault(ElementKind.USIM, UsimTables.USIM_V1, 4),
                    byDefault(ElementKind.USIM, UsimTables.USIM, 4, 2),
                    optional(ElementKind.OPT_USIM, upTo(OptUsimTable.ROWS, "EF.IPD"), 5),
                    optional(ElementKind.OPT_USIM, upTo(OptUsimTable.ROWS, "EF.MudMidCfgdata"), 5, 2),
                    optional(ElementKind.OPT_USIM, OptUsimTable.ROWS, 5, 3),
                    optional(ElementKind.PHONEBOOK, TelecomTables.PHONEBOOK, 6),
                    optional(ElementKind.GSM_ACCESS, UsimTables.GSM_ACCESS, 7),
                    byDefault(ElementKind.ISIM, IsimCsimTables.ISIM, 8),
                    optional(ElementKind.OPT_ISIM, upTo(IsimCsimTables.OPT_ISIM, "EF.UICCIARI"), 9),
                    optional(ElementKind.OPT_ISIM, IsimCsimTables.OPT_ISIM, 9, 2),
                    // The tables of the CSIM know no sizes, so that nothing can be made by default.
                    optional(ElementKind.CSIM, IsimCsimTables.CSIM, 10),
                    optional(ElementKind.CSIM, IsimCsimTables.CSIM, 10, 2),
                    optional(ElementKind.OPT_CSIM, IsimCsimTables.OPT_CSIM, 11),
                    optional(ElementKind.OPT_CSIM, IsimCsimTables.OPT_CSIM, 11, 2),
                    optional(ElementKind.EAP, IsimCsimTables.EAP, 12),
                    optional(ElementKind.DF_5GS, upTo(UsimTables.DF_5GS_V1, "EF.Routing_Indicator"), 13),
                    optional(ElementKind.DF_5GS, upTo(UsimTables.DF_5GS_V1, "EF.TN3GPPSNN"), 13, 2),
                    optional(ElementKind.DF_5GS, UsimTables.DF_5GS, 13, 3),
                    optional(ElementKind.DF_5GS, UsimTables.DF_5GS, 13, 4),
                    optional(ElementKind.DF_SAIP, UsimTables.DF_SAIP, 14))
            .toList();

    private Templates() {}

    /** The template with this identifier for this element. */
    static Optional<Template> find(Oid oid, ElementKind kind) {
        return ALL.stream()
                .filter(template -> template.kind() == kind && template.oid().equals(oid))
                .findFirst();
    }

    /** Whether the card knows the template, for whatever element; those whose elements it only stores count as known. */
    static boolean knows(Oid oid) {
        return ALL.stream().anyMatch(template -> template.oid().equals(oid))
                || STORED.stream().anyMatch(oid::equals);
    }

    private static Template byDefault(ElementKind kind, List<Row> rows, int... arcs) {
        return new Template(Oid.template(arcs), kind, true, rows);
    }

    private static Template optional(ElementKind kind, List<Row> rows, int... arcs) {
        return new Template(Oid.template(arcs), kind, false, rows);
    }

    /** An earlier version of a template: its rows end with the file of this name. */
    private static List<Row> upTo(List<Row> rows, String last) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).name().equals(last)) {
                return rows.subList(0, i + 1);
            }
        }
        throw new IllegalArgumentException("no row " + last);
    }
}
