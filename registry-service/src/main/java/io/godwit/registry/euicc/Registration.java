package io.godwit.registry.euicc;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import io.godwit.registry.transport.TransportJwe;
import java.util.List;
import java.util.Optional;

/**
 * A card to be registered, everything checked that needs no look at the database.
 *
 * @param nid as the caller wants it; assigned when absent
 * @param cardKeys the JWE in compact form, unread but for its protected header
 */
record Registration(
        Optional<Nid> nid, Eid eid, Json.Obj eis, List<EisProfile> profiles, TransportJwe cardKeys, List<Gid> groups) {}
