package io.godwit.registry.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.QuietHours;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestQuota;
import io.godwit.protocol.record.RequestRule;
import io.godwit.registry.order.FunctionBody;
import io.godwit.registry.order.FunctionColumns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What cards get that ask by themselves, as the API writes it.
 *
 * @param rules one for a reason at most, and one at most for all that they do not name
 * @param moves whether a device may take the place of another one and get its profile: {@code automatic}, {@code approval} or
 *     {@code refused}; when absent, a group's policy leaves it to the tenant's, and the tenant's to an operator
 * @param profileOwners whose profiles may go to another device, by the names of their owners; when absent, a group's policy leaves it to
 *     the tenant's, and the tenant's allows everybody's
 */
@Schema(name = "RequestPolicy")
public record RequestPolicyBody(
        @Nullable List<@Nullable Rule> rules,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String moves,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<@Nullable String> profileOwners) {
    private static final int MOST_RULES = 16;

    /**
     * One rule.
     *
     * @param reasons {@code first-attach}, {@code lost-connectivity}, {@code profile-expiring}, {@code local-button},
     *     {@code replacement}, {@code other}; left out: all that no rule names
     * @param grant {@code automatic}, {@code approval} or {@code refused}
     * @param function what is carried out; instead of {@code template}
     * @param template of which a profile is downloaded out of stock, and enabled
     * @param trigger {@code d2}, when absent: the answer stands for the trigger; {@code a1}: a trigger of its own follows
     * @param approvalSeconds how long it waits for an operator; a week when absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RequestRule")
    public record Rule(
            @Nullable List<@Nullable String> reasons,
            @Nullable String grant,
            @Nullable FunctionBody function,
            @Nullable String template,
            @Nullable Quota quota,
            @Nullable Quiet quietHours,
            @Nullable String trigger,
            @Nullable Long approvalSeconds) {}

    /**
     * How much a rule grants in a period; when absent, 20 a card and day.
     *
     * @param perCard to one card
     * @param inAll to all cards; no limit when absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RequestQuota")
    public record Quota(
            @Nullable Integer perCard,
            @Nullable Integer inAll,
            @Nullable Long periodSeconds) {}

    /**
     * Hours of each day in which nothing begins.
     *
     * @param from for example {@code 22:00}
     * @param to for example {@code 06:00}
     * @param zone for example {@code Asia/Seoul}
     */
    @Schema(name = "QuietHours")
    public record Quiet(
            @Nullable String from,
            @Nullable String to,
            @Nullable String zone) {}

    /** As the API shows it. */
    public static RequestPolicyBody of(RequestPolicy policy) {
        return new RequestPolicyBody(
                policy.rules().stream()
                        .<@Nullable Rule>map(RequestPolicyBody::of)
                        .toList(),
                policy.moves().map(RequestRule.Grant::literal).orElse(null),
                policy.profileOwners().map(RequestPolicyBody::names).orElse(null));
    }

    private static List<@Nullable String> names(Set<ProfileOwner> owners) {
        return owners.stream()
                .map(ProfileOwner::name)
                .sorted()
                .<@Nullable String>map(name -> name)
                .toList();
    }

    private static Rule of(RequestRule rule) {
        Granted granted = rule.granted().orElse(null);
        RequestQuota quota = rule.quota();
        return new Rule(
                rule.reasons().isEmpty()
                        ? null
                        : rule.reasons().stream()
                                .<@Nullable String>map(RequestReason::literal)
                                .toList(),
                rule.grant().literal(),
                granted instanceof Granted.Function asked
                        ? FunctionColumns.of(asked.function()).body()
                        : null,
                granted instanceof Granted.FromStock stock ? stock.template().value() : null,
                new Quota(
                        quota.perCard(),
                        quota.inAll().orElse(null),
                        quota.period().toSeconds()),
                rule.quietHours()
                        .map(hours -> new Quiet(
                                hours.from().toString(),
                                hours.to().toString(),
                                hours.zone().getId()))
                        .orElse(null),
                rule.trigger().literal(),
                rule.approvalWithin().toSeconds());
    }

    /**
     * @param field its own name, empty where it is the whole body
     * @throws ProblemException 422 that names the member at fault
     */
    public RequestPolicy parse(String field) {
        String list = field.isEmpty() ? "rules" : field + ".rules";
        if (rules == null || rules.size() > MOST_RULES) {
            throw new ProblemException(Problem.invalid(
                    list, "a list of at most " + MOST_RULES + " rules is required; an empty one says nothing"));
        }
        List<RequestRule> parsed = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            String member = list + "[" + i + "]";
            Rule rule = rules.get(i);
            if (rule == null) {
                throw new ProblemException(Problem.invalid(member, "a rule is required: grant, and what is granted"));
            }
            parsed.add(checked(member, () -> parse(rule, member)));
        }
        Optional<RequestRule.Grant> granted =
                moves == null ? Optional.empty() : Optional.of(grantOfMoves(field, moves));
        Optional<Set<ProfileOwner>> owners = profileOwners == null
                ? Optional.empty()
                : Optional.of(parseOwners(field.isEmpty() ? "profileOwners" : field + ".profileOwners", profileOwners));
        return checked(list, () -> new RequestPolicy(parsed, granted, owners));
    }

    private static Set<ProfileOwner> parseOwners(String field, List<@Nullable String> names) {
        if (names.isEmpty() || names.size() > RequestPolicy.MOST_OWNERS) {
            throw new ProblemException(Problem.invalid(
                    field,
                    "name 1 to " + RequestPolicy.MOST_OWNERS
                            + " owners, or leave it out; that no profile may move is said by moves"));
        }
        Set<ProfileOwner> owners = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            owners.add(
                    Optional.ofNullable(name).flatMap(ProfileOwner::find).orElseThrow(badOwner(field + "[" + i + "]")));
        }
        return owners;
    }

    private static Supplier<ProblemException> badOwner(String member) {
        return () -> new ProblemException(Problem.invalid(
                member, "use a profile owner's name: 1 to 64 characters, not only blanks and no control characters"));
    }

    private static RequestRule.Grant grantOfMoves(String field, String moves) {
        try {
            return RequestRule.Grant.of(moves);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.invalid(
                            field.isEmpty() ? "moves" : field + ".moves",
                            "use automatic, approval or refused; a move has no quota, no quiet hours and no function of its own"));
        }
    }

    private static RequestRule parse(Rule rule, String field) {
        if (rule.function() != null && rule.template() != null) {
            throw new IllegalArgumentException("function: exactly one of function and template expected");
        }
        Optional<Granted> granted = rule.function() == null
                ? Optional.ofNullable(rule.template()).map(TemplateId::new).map(Granted.FromStock::new)
                : Optional.of(new Granted.Function(FunctionBody.parseForMany(rule.function(), field + ".function")));
        Quota quota = rule.quota();
        Quiet quiet = rule.quietHours();
        return new RequestRule(
                rule.reasons() == null
                        ? List.of()
                        : rule.reasons().stream()
                                .map(reason -> RequestReason.of(String.valueOf(reason)))
                                .toList(),
                RequestRule.Grant.of(String.valueOf(rule.grant())),
                granted,
                quota == null
                        ? RequestQuota.DEFAULT
                        : new RequestQuota(
                                required("quota.perCard", quota.perCard()),
                                Optional.ofNullable(quota.inAll()),
                                Duration.ofSeconds(required("quota.periodSeconds", quota.periodSeconds()))),
                quiet == null
                        ? Optional.empty()
                        : Optional.of(QuietHours.of(
                                required("quietHours.from", quiet.from()),
                                required("quietHours.to", quiet.to()),
                                required("quietHours.zone", quiet.zone()))),
                rule.trigger() == null ? RequestRule.Trigger.D2 : RequestRule.Trigger.of(rule.trigger()),
                rule.approvalSeconds() == null
                        ? RequestRule.APPROVAL_WITHIN
                        : Duration.ofSeconds(rule.approvalSeconds()));
    }

    private static <T> T required(String member, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(member + ": required");
        }
        return value;
    }

    /** What the policy's own types refuse begins with the member at fault. */
    private static <T> T checked(String field, Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            String message = String.valueOf(e.getMessage());
            int colon = message.indexOf(": ");
            throw new ProblemException(
                    colon < 0
                            ? Problem.invalid(field, message)
                            : Problem.invalid(field + "." + message.substring(0, colon), message.substring(colon + 2)));
        }
    }
}
