package io.godwit.provisioning.procedure;

import io.godwit.protocol.Address;
import io.godwit.protocol.Gid;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.EsFunction;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Flow D: the card asks, the policy of its group answers. */
record Requesting(Folding folding) {

    void requested(CardInput.Requested input) {
        StepBody.ClientRequest request = input.request();
        if (folding.answerAgain(request.id())) {
            return;
        }
        if (!folding.card().registered()) {
            folding.ignore(Ignored.NOT_REGISTERED);
            return;
        }
        if (input.address() instanceof Address.Group group) {
            forGroup(request, group.gid(), input.policies());
            return;
        }
        Optional<Gid> context = input.address().findGid();
        List<CardInput.GroupPolicy> inQuestion = input.policies().stream()
                .filter(policy -> context.isEmpty() || policy.gid().equals(context.get()))
                .toList();
        List<EsFunction> functions = inQuestion.stream()
                .flatMap(policy -> Optional.ofNullable(policy.onRequest()).stream())
                .toList();
        if (functions.size() == 1) {
            accept(request, functions.get(0));
        } else if (inQuestion.isEmpty()) {
            refuse(request, context.isPresent() ? "the device is not a member of this group" : "no group, no policy");
        } else {
            refuse(
                    request,
                    functions.isEmpty()
                            ? "the policy of the group refuses requests"
                            : "several groups have a policy: ask with the gid of one");
        }
    }

    /** The device speaks for its group, if the policy lets it. */
    private void forGroup(StepBody.ClientRequest request, Gid gid, List<CardInput.GroupPolicy> policies) {
        CardInput.GroupPolicy policy = policies.stream()
                .filter(one -> one.gid().equals(gid))
                .findFirst()
                .orElse(null);
        if (policy == null || !policy.spokesman()) {
            refuse(
                    request,
                    policy == null ? "the device is not a member of this group" : "the device is not its spokesman");
            return;
        }
        EsFunction function = policy.onRequest();
        if (function == null) {
            refuse(request, "the policy of the group refuses requests");
            return;
        }
        String underWay = policy.underWay();
        String operation = underWay == null
                ? Procedure.idOf(
                                folding.card().nid().value(),
                                "group-request",
                                request.id(),
                                folding.moment().now().toString())
                        .toString()
                : underWay;
        new Replying(folding).reply(new StepBody.RequestAccepted(request.id(), operation));
        folding.tell(new Fact.ClientAnswered(true, operation, null));
        if (underWay == null) {
            folding.orderForGroup(new GroupRequest(
                    operation,
                    gid,
                    function,
                    folding.moment().now().plus(folding.moment().rules().clientValidity())));
        }
    }

    private void accept(StepBody.ClientRequest request, EsFunction function) {
        Optional<Procedure> equal = folding.procedures().stream()
                .filter(Procedure::isReported)
                .filter(procedure -> procedure.purpose().equals(new Purpose.Carry(function))
                        || procedure.purpose().equals(new Purpose.Carry(function, true)))
                .findFirst();
        String nid = folding.card().nid().value();
        UUID id = Procedure.idOf(
                nid, "request", request.id(), folding.moment().now().toString());
        String operation = equal.map(Procedure::operation).orElse(id.toString());
        new Replying(folding).reply(new StepBody.RequestAccepted(request.id(), operation));
        folding.tell(new Fact.ClientAnswered(true, operation, null));
        if (equal.isEmpty()) {
            folding.append(Procedure.queued(
                    id,
                    operation,
                    new Purpose.Carry(function),
                    Origin.CLIENT,
                    folding.moment().now().plus(folding.moment().rules().clientValidity())));
        }
    }

    private void refuse(StepBody.ClientRequest request, String reason) {
        new Replying(folding).reply(new StepBody.RequestRefused(request.id(), reason));
        folding.tell(new Fact.ClientAnswered(false, null, reason));
    }
}
