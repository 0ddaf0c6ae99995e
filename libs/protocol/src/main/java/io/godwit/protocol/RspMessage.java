package io.godwit.protocol;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.json.Json;

/**
 * One message of the paper's section III.B: {@code {nid, gid, type, body}}.
 *
 * @param address the ids, see {@link Address}
 * @param type the paper's type string
 * @param body always an object; its members are described in {@code docs/asyncapi.yaml}
 */
public record RspMessage(Address address, MessageType type, Json.Obj body) {
    public RspMessage {
        requireNonNull(address, "address is null");
        requireNonNull(type, "type is null");
        requireNonNull(body, "body is null");
    }
}
