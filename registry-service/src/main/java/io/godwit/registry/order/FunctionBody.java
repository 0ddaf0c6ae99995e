package io.godwit.registry.order;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.ConnectivityParameters;
import io.godwit.protocol.record.DeleteToken;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.InputData;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.PolicyRules;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.protocol.record.SecuredPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A function of SGP.02 with its target, as the API writes it.
 *
 * @param name for example {@code EnableProfile}
 * @param target exactly one member; absent only for {@code eUICCCapabilityAudit}, {@code EstablishISDRKeySet} and
 *     {@code RegisterEIS}
 * @param token only for an order of {@code MasterDelete}; it is never shown
 * @param connectivity only for an order of {@code UpdateConnectivityParameters}; it is never shown
 * @param pol2 only for an order of {@code UpdatePolicyRules}: all rules that the profile is to have; the EIS shows them
 * @param packet only for an order of {@code UpdatePOL1byMNO}: the operator's own packet for its profile, in hexadecimal; it is never
 *     shown
 */
@Schema(name = "Function")
public record FunctionBody(
        @Nullable String name,
        @Nullable Target target,
        @Nullable Token token,
        @Nullable Connectivity connectivity,
        @Nullable List<@Nullable Rule> pol2,
        @Nullable String packet) {
    /** Which profile of the card. */
    @Schema(name = "ProfileTarget")
    public record Target(
            @Nullable String aid,
            @Nullable String iccid,
            @Nullable String type) {}

    /** The leave of a profile's operator to delete it (SGP.02 section 4.1.1.10): octets in hexadecimal. */
    @Schema(name = "DeleteToken")
    public record Token(
            @Nullable String issuer,
            @Nullable String image,
            @Nullable String provider,
            @Nullable String number,
            @Nullable String token) {}

    /** How a card with the profile is reached (SGP.02 section 4.1.3.4): content of templates A0 and A1 in hexadecimal. */
    @Schema(name = "ConnectivityParameters")
    public record Connectivity(
            @Nullable String sms, @Nullable String bearer) {}

    /**
     * One rule of POL2, in the form of an EIS.
     *
     * @param subject {@code PROFILE}, or left out
     */
    @Schema(name = "Pol2Rule")
    public record Rule(
            @Nullable String subject,
            @Nullable String action,
            @Nullable String qualification) {}

    /** As {@link #parse}, for a function that is for any number of cards. */
    public static EsFunction parseForMany(FunctionBody body, String field) {
        EsFunction.Name name = name(body, field);
        if (name.isForOneCard()) {
            throw new ProblemException(
                    Problem.invalid(field + ".name", name.literal() + " is for one card: order it by nid"));
        }
        return parse(body, field);
    }

    /** What {@link #parse} makes of it, or what is wrong, as a problem. */
    public static EsFunction parse(FunctionBody body, String field) {
        EsFunction.Name name = name(body, field);
        ProfileTarget target = body.target() == null ? null : target(body.target(), field + ".target");
        InputData input = input(body, name, field);
        try {
            return new EsFunction(name, target, input);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid(field + ".target", String.valueOf(e.getMessage())));
        }
    }

    private static EsFunction.Name name(FunctionBody body, String field) {
        if (body.name() == null) {
            throw new ProblemException(Problem.invalid(field + ".name", "the name of a function is required"));
        }
        EsFunction.Name name = checked(field + ".name", body.name(), EsFunction.Name::of);
        if (name == EsFunction.Name.DOWNLOAD_PROFILE) {
            throw new ProblemException(Problem.invalid(
                    field + ".name", "DownloadProfile comes with its package: POST /v1/euiccs/{nid}/profiles"));
        }
        return name;
    }

    /** Exactly what the function needs besides its target, and nothing that it does not have. */
    private static @Nullable InputData input(FunctionBody body, EsFunction.Name name, String field) {
        InputData.Kind wanted = name.input().orElse(null);
        InputData input = null;
        for (InputData.Kind kind : InputData.Kind.values()) {
            String member = field + "." + kind.member();
            InputData found = input(kind, body, member);
            if (found != null && kind != wanted) {
                throw new ProblemException(Problem.invalid(member, name.literal() + " does not have it"));
            }
            if (found == null && kind == wanted) {
                throw new ProblemException(Problem.invalid(member, name.literal() + " needs it"));
            }
            input = found == null ? input : found;
        }
        return input;
    }

    private static @Nullable InputData input(InputData.Kind kind, FunctionBody body, String field) {
        return switch (kind) {
            case DELETE_TOKEN -> body.token() == null ? null : token(body.token(), field);
            case CONNECTIVITY_PARAMETERS ->
                body.connectivity() == null ? null : connectivity(body.connectivity(), field);
            case POLICY_RULES -> body.pol2() == null ? null : rules(body.pol2(), field);
            case SECURED_PACKET ->
                body.packet() == null
                        ? null
                        : checked(field, body.packet(), hex -> new SecuredPacket(Octets.fromHex(hex)));
        };
    }

    private static PolicyRules rules(List<@Nullable Rule> pol2, String field) {
        List<Pol2Rule> rules = new ArrayList<>();
        for (int i = 0; i < pol2.size(); i++) {
            rules.add(rule(pol2.get(i), field + "[" + i + "]"));
        }
        try {
            return new PolicyRules(rules);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid(field, String.valueOf(e.getMessage())));
        }
    }

    private static Pol2Rule rule(@Nullable Rule rule, String field) {
        if (rule == null) {
            throw new ProblemException(Problem.invalid(field, "a rule is required: action and qualification"));
        }
        if (rule.subject() != null && !rule.subject().equals(Pol2Rule.SUBJECT)) {
            throw new ProblemException(Problem.invalid(field + ".subject", "use PROFILE, or leave it out"));
        }
        return new Pol2Rule(
                checked(field + ".action", String.valueOf(rule.action()), Pol2Rule.Action::of),
                checked(field + ".qualification", String.valueOf(rule.qualification()), Pol2Rule.Qualification::of));
    }

    private static DeleteToken token(Token token, String field) {
        Octets issuer = octets(field + ".issuer", token.issuer());
        Octets image = octets(field + ".image", token.image());
        Octets provider = octets(field + ".provider", token.provider());
        Octets number = octets(field + ".number", token.number());
        Octets value = octets(field + ".token", token.token());
        try {
            return new DeleteToken(issuer, image, provider, number, value);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid(field, String.valueOf(e.getMessage())));
        }
    }

    private static ConnectivityParameters connectivity(Connectivity connectivity, String field) {
        Optional<Octets> sms = Optional.ofNullable(connectivity.sms()).map(hex -> octets(field + ".sms", hex));
        Optional<Octets> bearer = Optional.ofNullable(connectivity.bearer()).map(hex -> octets(field + ".bearer", hex));
        try {
            return new ConnectivityParameters(sms, bearer);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid(field, String.valueOf(e.getMessage())));
        }
    }

    private static Octets octets(String field, @Nullable String hex) {
        if (hex == null) {
            throw new ProblemException(Problem.invalid(field, "octets in hexadecimal are required"));
        }
        return checked(field, hex, Octets::fromHex);
    }

    private static ProfileTarget target(Target target, String field) {
        if (target.aid() != null && target.iccid() == null && target.type() == null) {
            return new ProfileTarget.ByAid(checked(field + ".aid", target.aid(), Aid::new));
        }
        if (target.iccid() != null && target.aid() == null && target.type() == null) {
            return new ProfileTarget.ByIccid(checked(field + ".iccid", target.iccid(), Iccid::new));
        }
        if (target.type() != null && target.aid() == null && target.iccid() == null) {
            return new ProfileTarget.ByType(target.type());
        }
        throw new ProblemException(Problem.invalid(field, "exactly one of aid, iccid and type expected"));
    }

    private static <T> T checked(String field, String value, Function<String, T> make) {
        try {
            return make.apply(value);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid(field, String.valueOf(e.getMessage())));
        }
    }
}
