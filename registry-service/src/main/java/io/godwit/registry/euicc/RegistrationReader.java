package io.godwit.registry.euicc;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.Problem.FieldError;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.MalformedRecordException;
import io.godwit.registry.transport.TransportJwe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a registration, a body or a line of a bulk, and finds all that is wrong with it by itself. */
final class RegistrationReader {
    /** The largest registration that is looked at, in octets. */
    static final int MAX_OCTETS = 256 * 1024;

    private static final JsonReader READER = new JsonReader(MAX_OCTETS, 16);
    private static final Set<String> MEMBERS = Set.of("nid", "eis", "cardKeys", "groups");

    private final TenantId tenant;

    RegistrationReader(TenantId tenant) {
        this.tenant = tenant;
    }

    /** What reading came to. */
    sealed interface Reading {
        /** It can be registered, as far as can be seen without the database. */
        record Accepted(Registration registration) implements Reading {}

        /** It cannot. */
        record Refused(Problem problem) implements Reading {}
    }

    Reading read(Octets json) {
        JsonReader.Result result = READER.read(json);
        if (result instanceof JsonReader.Refused refused) {
            return new Reading.Refused(Problem.of(
                    400,
                    "malformed-json",
                    "The body is not a JSON object",
                    refused.refusal().toString()));
        }
        Json.Obj body = ((JsonReader.Read) result).object();
        Optional<FieldError> unstorable = Unstorable.find(body);
        if (unstorable.isPresent()) {
            return new Reading.Refused(
                    Problem.malformed(unstorable.get().field(), unstorable.get().remedy()));
        }
        List<FieldError> errors = new ArrayList<>();
        Optional<Registration> registration = check(body, errors);
        return errors.isEmpty() && registration.isPresent()
                ? new Reading.Accepted(registration.get())
                : new Reading.Refused(Problem.invalid(errors));
    }

    private Optional<Registration> check(Json.Obj body, List<FieldError> errors) {
        for (String name : body.members().keySet()) {
            if (!MEMBERS.contains(name)) {
                errors.add(new FieldError(name, "no member of that name is known; leave it out"));
            }
        }
        Optional<Nid> nid = body.find("nid").isEmpty() ? Optional.empty() : text(body, "nid", Nid::new, errors);
        List<Gid> groups = groups(body, errors);
        Optional<Json.Obj> eis = body.object("eis");
        if (eis.isEmpty()) {
            errors.add(new FieldError("eis", "the card's EIS is required, an object"));
            return Optional.empty();
        }
        List<FieldError> faults = EisSchema.INSTANCE.check(eis.get());
        errors.addAll(faults);
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        Optional<Eid> eid = value("eis.eid", eis.get().text("eid").orElse(""), Eid::new, errors);
        List<EisProfile> profiles = profiles(eis.get(), errors);
        Optional<TransportJwe> keys =
                eid.flatMap(card -> text(body, "cardKeys", jwe -> CardKeys.of(jwe, tenant, card), errors));
        return keys.map(checked -> new Registration(nid, eid.orElseThrow(), eis.get(), profiles, checked, groups));
    }

    private static List<Gid> groups(Json.Obj body, List<FieldError> errors) {
        Optional<Json> member = body.find("groups");
        if (member.isEmpty()) {
            return List.of();
        }
        Set<Gid> groups = new LinkedHashSet<>();
        if (!(member.get() instanceof Json.Arr array)) {
            errors.add(new FieldError("groups", "an array of group ids expected"));
            return List.of();
        }
        for (int i = 0; i < array.items().size(); i++) {
            String value = array.items().get(i) instanceof Json.Str str ? str.value() : "";
            value("groups[" + i + "]", value, Gid::new, errors).ifPresent(groups::add);
        }
        return List.copyOf(groups);
    }

    private static List<EisProfile> profiles(Json.Obj eis, List<FieldError> errors) {
        List<EisProfile> profiles = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        List<Json> items = eis.array("profiles").orElse(List.of());
        for (int i = 0; i < items.size(); i++) {
            String path = "eis.profiles[" + i + "]";
            try {
                EisProfile profile = profile(new Fields((Json.Obj) items.get(i)));
                profiles.add(profile);
                if (!seen.add(profile.iccid())) {
                    errors.add(new FieldError(path + ".iccid", "each ICCID stands once"));
                }
                if (!seen.add(profile.isdPAid())) {
                    errors.add(new FieldError(path + ".isdPAid", "each ISD-P AID stands once"));
                }
            } catch (MalformedRecordException e) {
                errors.add(new FieldError(path + "." + e.field(), String.valueOf(e.getMessage())));
            }
        }
        if (profiles.stream()
                        .filter(profile -> profile.state().equals("Enabled"))
                        .count()
                != 1) {
            errors.add(new FieldError("eis.profiles", "exactly one profile is Enabled"));
        }
        if (profiles.stream().filter(EisProfile::fallbackAttribute).count() > 1) {
            errors.add(new FieldError("eis.profiles", "at most one profile has the fall-back attribute"));
        }
        return List.copyOf(profiles);
    }

    private static EisProfile profile(Fields fields) {
        return new EisProfile(
                fields.value("iccid", Iccid::new),
                fields.value("isdPAid", Aid::new),
                fields.text("state"),
                fields.truth("fallbackAttribute"),
                fields.findText("type").orElse(null),
                fields.findText("owner").orElse(null),
                fields.findText("mnoId").orElse(null));
    }

    private static <T> Optional<T> text(Json.Obj body, String name, Function<String, T> make, List<FieldError> errors) {
        Optional<String> text = body.text(name);
        if (text.isEmpty()) {
            errors.add(new FieldError(name, "a string is required"));
            return Optional.empty();
        }
        return value(name, text.get(), make, errors);
    }

    private static <T> Optional<T> value(String field, String text, Function<String, T> make, List<FieldError> errors) {
        try {
            return Optional.of(make.apply(text));
        } catch (IllegalArgumentException e) {
            errors.add(new FieldError(field, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }
}
