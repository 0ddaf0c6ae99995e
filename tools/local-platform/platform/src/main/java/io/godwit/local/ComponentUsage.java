package io.godwit.local;

/**
 * What a running component has used.
 *
 * @param cpuMillis processor time since its start, its children included
 * @param residentKilobytes memory now
 * @param startUpMillis from launch to readiness
 */
public record ComponentUsage(String name, long pid, long cpuMillis, long residentKilobytes, long startUpMillis) {}
