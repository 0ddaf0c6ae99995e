package io.godwit.protocol.record;

import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.json.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a card holds of one profile, as the SM-SR knows it.
 *
 * @param pol2 all rules of its POL2; {@code null} where they are not told, which says nothing about them. As registered, thus
 *     unlike {@link PolicyRules} maybe with one that can never be applied
 * @param owner the operator that it belongs to; {@code null}: nobody's, or not told
 */
public record ProfileState(
        Aid isdPAid,
        Iccid iccid,
        State state,
        boolean fallbackAttribute,
        @Nullable List<Pol2Rule> pol2,
        @Nullable ProfileOwner owner) {
    /** The states of a profile in an EIS (SGP.02 v4.2 ES4.GetEIS). */
    public enum State {
        IN_CREATION("In-Creation"),
        CREATED("Created"),
        DISABLED("Disabled"),
        ENABLED("Enabled"),
        DELETED("Deleted");

        private final String literal;

        State(String literal) {
            this.literal = literal;
        }

        public String literal() {
            return literal;
        }

        /** @throws IllegalArgumentException when no state has that name */
        public static State of(String literal) {
            for (State state : values()) {
                if (state.literal.equals(literal)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("state: use In-Creation, Created, Disabled, Enabled or Deleted");
        }
    }

    public ProfileState {
        pol2 = pol2 == null ? null : List.copyOf(pol2);
    }

    /** Without a word on its POL2. */
    public ProfileState(Aid isdPAid, Iccid iccid, State state, boolean fallbackAttribute) {
        this(isdPAid, iccid, state, fallbackAttribute, null);
    }

    /** Of nobody, as far as is told. */
    public ProfileState(
            Aid isdPAid, Iccid iccid, State state, boolean fallbackAttribute, @Nullable List<Pol2Rule> pol2) {
        this(isdPAid, iccid, state, fallbackAttribute, pol2, null);
    }

    public Optional<ProfileOwner> findOwner() {
        return Optional.ofNullable(owner);
    }

    public Optional<List<Pol2Rule>> findPol2() {
        return Optional.ofNullable(pol2);
    }

    public ProfileState in(State next) {
        return new ProfileState(isdPAid, iccid, next, fallbackAttribute, pol2, owner);
    }

    public ProfileState withFallback(boolean fallback) {
        return new ProfileState(isdPAid, iccid, state, fallback, pol2, owner);
    }

    public ProfileState withPol2(List<Pol2Rule> rules) {
        return new ProfileState(isdPAid, iccid, state, fallbackAttribute, rules, owner);
    }

    /** That of another owner, or of nobody. */
    public ProfileState of(@Nullable ProfileOwner next) {
        return new ProfileState(isdPAid, iccid, state, fallbackAttribute, pol2, next);
    }

    public Json.Obj toJson() {
        Json.ObjectBuilder json = Json.object()
                .put("isdPAid", isdPAid.hex())
                .put("iccid", iccid.digits())
                .put("state", state.literal())
                .put("fallbackAttribute", fallbackAttribute)
                .put("owner", owner == null ? null : owner.name());
        if (pol2 != null) {
            json.put("pol2", pol2.stream().map(Pol2Rule::toJson).toList());
        }
        return json.build();
    }

    public static ProfileState fromJson(Fields fields) {
        return new ProfileState(
                fields.value("isdPAid", Aid::new),
                fields.value("iccid", Iccid::new),
                fields.value("state", State::of),
                fields.truth("fallbackAttribute"),
                fields.findList("pol2", Pol2Rule::fromJson).orElse(null),
                // Lenient: an EIS of before may name one that nobody can be called.
                fields.findText("owner").flatMap(ProfileOwner::find).orElse(null));
    }
}
