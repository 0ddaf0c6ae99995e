package io.godwit.provisioning.postgres;

import io.godwit.protocol.Eid;
import io.godwit.protocol.record.Fields;
import io.godwit.provisioning.procedure.Eis;
import java.util.List;

/** Takes from a registered EIS ({@code docs/eis.schema.json}) what procedures need. */
public final class EisReader {
    private EisReader() {}

    /** @throws io.godwit.protocol.record.MalformedRecordException when a member is not what the schema says */
    public static Eis eis(Fields eis) {
        boolean groupPackages = eis.findObject("extensions")
                .map(extensions -> extensions.truthOr("groupPackage", false))
                .orElse(false);
        return new Eis(eis.value("eid", Eid::new), eis.list("profiles", CardTexts::profile), groupPackages);
    }

    /** The last counter that the card has seen under the ISD-R's SCP80 key set of that version; 0 when it is not told. */
    public static long counter(Fields eis, int version) {
        List<Long> counters = eis.object("isdR")
                .list(
                        "keySets",
                        set -> set.number("version") == version
                                ? set.object().number("counter").orElse(0L)
                                : 0L);
        return counters.stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
