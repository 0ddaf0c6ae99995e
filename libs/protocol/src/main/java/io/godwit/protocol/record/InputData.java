package io.godwit.protocol.record;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import java.util.Optional;

/** What a function needs besides its target: one kind for each function that needs any. */
public sealed interface InputData permits DeleteToken, ConnectivityParameters, PolicyRules, SecuredPacket {
    /** The kinds, each with the member of a function's JSON that it comes in. */
    enum Kind {
        /** The leave of a profile's operator to delete it. */
        DELETE_TOKEN("token"),
        /** How a card with the profile is reached. */
        CONNECTIVITY_PARAMETERS("connectivity"),
        /** The policy that a profile is to have; an empty array is one too. */
        POLICY_RULES("pol2"),
        /** What the operator says to its own security domain, in hexadecimal. */
        SECURED_PACKET("packet");

        private final String member;

        Kind(String member) {
            this.member = member;
        }

        public String member() {
            return member;
        }

        /**
         * What {@code function} has of it.
         *
         * @throws MalformedRecordException naming the member that is wrong
         */
        Optional<InputData> find(Fields function) {
            return switch (this) {
                case DELETE_TOKEN -> function.findObject(member).map(DeleteToken::fromJson);
                case CONNECTIVITY_PARAMETERS -> function.findObject(member).map(ConnectivityParameters::fromJson);
                case POLICY_RULES ->
                    function.findList(member, Pol2Rule::fromJson).map(PolicyRules::new);
                case SECURED_PACKET ->
                    function.findValue(member, Octets::fromHex).map(SecuredPacket::new);
            };
        }
    }

    Kind kind();

    /** The value of the member that its kind names. */
    Json toJson();
}
