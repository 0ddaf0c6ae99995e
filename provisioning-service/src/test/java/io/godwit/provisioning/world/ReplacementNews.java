package io.godwit.provisioning.world;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.EventRecord.ReplacementProgressed;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.simulator.card.IsdP;
import java.util.List;
import java.util.Optional;

/** What is told of one tenant's replacements, and what their cards have. */
public record ReplacementNews(KafkaWorld world, TenantId tenant) {
    /** Each step so far, of all replacements. */
    public List<ReplacementProgressed> progress() {
        return world.events(ReplacementProgressed.class).stream()
                .filter(event -> event.tenant().equals(tenant))
                .toList();
    }

    public Optional<ReplacementProgressed> last() {
        List<ReplacementProgressed> progress = progress();
        return progress.isEmpty() ? Optional.empty() : Optional.of(progress.get(progress.size() - 1));
    }

    /** Whether the last step was the end of a replacement. */
    public boolean isOver() {
        return last().filter(event -> event.outcome() != null).isPresent();
    }

    public List<String> stages() {
        return progress().stream().map(ReplacementProgressed::stage).toList();
    }

    /** Why devices were refused, in the words of D2. */
    public List<String> refusals() {
        return world.told().stream()
                .filter(StepBody.RequestRefused.class::isInstance)
                .map(body -> ((StepBody.RequestRefused) body).reason())
                .toList();
    }

    /** The profile of that ICCID on a device's card. */
    public static Optional<IsdP> profileOn(VirtualDevice device, Iccid iccid) {
        return device.card().isdPs().stream()
                .filter(isdP -> isdP.iccid().equals(Optional.of(iccid)))
                .findFirst();
    }

    /** A subscription of the stock, of the operator whose the cards' other profiles are, enabled at its end. */
    public static ProfileDownload download(Iccid iccid) {
        return new ProfileDownload(
                iccid,
                Optional.of("downloaded"),
                true,
                Optional.empty(),
                Optional.of(WorldCarrier.TEMPLATE),
                Optional.of(KafkaWorld.OWNER));
    }

    /** Orders that download and awaits what becomes of it. */
    public Outcome downloaded(VirtualDevice device, Iccid iccid) {
        String operation = world.downloadFromStock(tenant, device.nid(), download(iccid));
        world.until(() -> !world.ended(operation).isEmpty() || failed(operation).isPresent());
        return failed(operation).orElseGet(() -> world.ended(operation).get(0).outcome());
    }

    /** Why an operation came to nothing before it had begun. */
    public Optional<Outcome> failed(String operation) {
        return world.events(EventRecord.OperationFailed.class).stream()
                .filter(event -> event.operation().equals(operation))
                .map(event -> Outcome.failed(event.code(), event.detail()))
                .findFirst();
    }
}
