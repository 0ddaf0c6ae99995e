package io.godwit.provisioning.keys;

import io.godwit.provisioning.smdp.SmDp;
import java.util.Optional;

/**
 * What the SM-DP has of its own, apart from the SM-SR's.
 *
 * @param identity CERT.DP and its key; empty where none was configured: nothing is downloaded then
 * @param transportKeys to which profile packages come encrypted
 * @param keys the tenants' data keys for what it keeps of downloads
 */
public record SmDpRole(Optional<SmDp.Identity> identity, TransportKeyRing transportKeys, TenantKeys keys) {}
