package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.ElementKind;
import io.godwit.gsma.profile.TemplatedFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the files of a templated element are called, for whoever shows one without installing it. */
public final class FileNames {
    /** Of elements whose templates we do not lay out: the fields of PEDefinitions 3.3.1, from field 2 on. */
    private static final Map<ElementKind, List<String>> STORED = Map.of(
            ElementKind.DF_SNPN, List.of("DF.SNPN", "EF.PWS_SNPN"),
            ElementKind.DF_5GPROSE,
                    words("DF.5G_ProSe EF.5G_PROSE_ST EF.5G_PROSE_DD EF.5G_PROSE_DC EF.5G_PROSE_U2NRU EF.5G_PROSE_RU"
                            + " EF.5G_PROSE_UIR"),
            ElementKind.IOT,
                    words("MF EF.PL EF.ICCID EF.DIR EF.ARR EF.UMPC ADF.USIM EF.IMSI EF.ARR EF.Keys EF.KeysPS EF.HPPLMN"
                            + " EF.UST EF.START-HFN EF.THRESHOLD EF.PSLOCI EF.ACC EF.FPLMN EF.LOCI EF.AD EF.ECC"
                            + " EF.NETPAR"),
            ElementKind.OPT_IOT,
                    words("EF.FDN EF.SMS EF.SMSP EF.SMSS EF.SPN EF.EST EF.OPLMNwAcT EF.HPLMNwAcT EF.EHPLMN EF.EPSLOCI"
                            + " EF.EPSNSC DF.5GS EF.5GS3GPPLOCI EF.5GSN3GPPLOCI EF.5GS3GPPNSC EF.5GSN3GPPNSC"
                            + " EF.5GAUTHKEYS EF.UAC_AIC EF.SUCI_Calc_Info EF.OPL5G EF.SUPI_NAI EF.Routing_Indicator"
                            + " EF.URSP EF.TN3GPPSNN DF.SAIP EF.SUCI_Calc_Info_USIM"));

    private FileNames() {}

    /** The name of the file in this field; empty when the element's template is not known or has no such field. */
    public static Optional<String> of(TemplatedFiles element, int field) {
        Optional<Template> template = Templates.find(element.template(), element.kind());
        if (template.isPresent()) {
            return template.get().row(field).map(Template.Row::name);
        }
        List<String> names = STORED.getOrDefault(element.kind(), List.of());
        int index = field - TemplatedFiles.FIRST_FIELD;
        return index >= 0 && index < names.size() ? Optional.of(names.get(index)) : Optional.empty();
    }

    private static List<String> words(String names) {
        return List.of(names.split(" ", -1));
    }
}
