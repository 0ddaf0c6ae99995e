package io.godwit.registry.graph;

import io.godwit.registry.request.RequestPolicyBody;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.jspecify.annotations.Nullable;

/** What cards get that ask by themselves. */
@Type("RequestPolicy")
@Description("What cards get that ask by themselves.")
public record RequestPolicyNode(
        @NonNull List<@NonNull Rule> rules,

        @Description(
                "who grants that a device takes the place of another one: automatic, approval or refused; absent: of a"
                        + " group, the tenant's policy says it, and of the tenant, an operator")
        @Nullable
        String moves,

        @Description(
                "whose profiles may go to another device; absent: of a group, the tenant's policy says it, and of the tenant,"
                        + " everybody's")
        @Nullable
        List<@NonNull String> profileOwners) {

    /** One rule. */
    @Type("RequestRule")
    public record Rule(
            @Description("for which it is; absent: for all that no rule names") @Nullable
            List<@NonNull String> reasons,

            @Description("automatic, approval or refused") @NonNull
            String grant,

            @Nullable FunctionNode function,

            @Description("of which a profile is downloaded, instead of a function") @Nullable
            String template,

            @Nullable Quota quota,
            @Nullable QuietHours quietHours,

            @Description("d2 or a1") @Nullable String trigger,

            @Description("how long it waits for an operator") @Nullable
            Integer approvalSeconds) {

        static Rule of(RequestPolicyBody.Rule rule) {
            RequestPolicyBody.Quota quota = rule.quota();
            RequestPolicyBody.Quiet quiet = rule.quietHours();
            return new Rule(
                    texts(rule.reasons()),
                    String.valueOf(rule.grant()),
                    FunctionNode.of(rule.function()),
                    rule.template(),
                    quota == null ? null : new Quota(quota.perCard(), quota.inAll(), seconds(quota.periodSeconds())),
                    quiet == null ? null : new QuietHours(quiet.from(), quiet.to(), quiet.zone()),
                    rule.trigger(),
                    seconds(rule.approvalSeconds()));
        }

        private static @Nullable List<String> texts(@Nullable List<@Nullable String> texts) {
            return texts == null
                    ? null
                    : texts.stream()
                            .filter(Objects::nonNull)
                            .map(String::valueOf)
                            .toList();
        }

        private static @Nullable Integer seconds(@Nullable Long seconds) {
            return seconds == null ? null : Math.toIntExact(seconds);
        }
    }

    /** How much a rule grants in a period. */
    @Type("RequestQuota")
    public record Quota(
            @Nullable Integer perCard,

            @Description("to all cards; absent: no limit") @Nullable
            Integer inAll,

            @Nullable Integer periodSeconds) {}

    /** Hours of each day in which nothing begins. */
    @Type("QuietHours")
    public record QuietHours(
            @Nullable String from,
            @Nullable String to,
            @Nullable String zone) {}

    static @Nullable RequestPolicyNode of(@Nullable RequestPolicyBody policy) {
        if (policy == null || policy.rules() == null) {
            return null;
        }
        return new RequestPolicyNode(
                policy.rules().stream().filter(Objects::nonNull).map(Rule::of).toList(),
                policy.moves(),
                Rule.texts(policy.profileOwners()));
    }
}
