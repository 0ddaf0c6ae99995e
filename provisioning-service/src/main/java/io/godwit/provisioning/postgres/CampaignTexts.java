package io.godwit.provisioning.postgres;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.provisioning.campaign.Campaign;
import io.godwit.provisioning.procedure.GroupCourse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The JSON column of a campaign: the packages that it has sent, and its canary. */
final class CampaignTexts {
    /** What went out. */
    record Sent(List<GroupCourse.SentPackage> packages, Set<Nid> canary) {}

    private CampaignTexts() {}

    static String packages(Campaign campaign) {
        return CardTexts.write(Json.object()
                .put(
                        "packages",
                        campaign.packages().stream().map(CampaignTexts::toJson).toList())
                .put(
                        "canary",
                        new TreeSet<>(campaign.canary())
                                .stream().map(nid -> Json.of(nid.value())).toList()));
    }

    static Sent packages(String text) {
        Fields fields = CardTexts.read(text);
        Set<Nid> canary = new TreeSet<>();
        for (Json nid : fields.object().array("canary").orElse(List.of())) {
            if (nid instanceof Json.Str named) {
                canary.add(new Nid(named.value()));
            }
        }
        return new Sent(fields.list("packages", CampaignTexts::fromJson), canary);
    }

    private static Json.Obj toJson(GroupCourse.SentPackage sent) {
        return Json.object()
                .put("counter", sent.counter().value())
                .put("hash", sent.hash().toHex())
                .put("at", sent.at().toString())
                .put("canaryOnly", sent.canaryOnly())
                .build();
    }

    private static GroupCourse.SentPackage fromJson(Fields fields) {
        return new GroupCourse.SentPackage(
                new Counter(fields.number("counter")),
                fields.value("hash", Octets::fromHex),
                fields.instant("at"),
                fields.truth("canaryOnly"));
    }
}
