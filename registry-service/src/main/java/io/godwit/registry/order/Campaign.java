package io.godwit.registry.order;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How an operation goes in group mode.
 *
 * @param state {@code Gathering}, {@code Triggered}, {@code Commanded}, {@code Paused}, {@code Stopped},
 *     {@code Cancelled} or {@code Completed}; absent until the SM-SR has told one
 * @param canary as ordered, like the two members that follow; absent when a device began the operation
 * @param triggers A1 messages to the group so far
 * @param commands C1 messages to the group so far
 * @param repaired members that have their outcome by a command of their own, B1
 */
@Schema(name = "Campaign")
public record Campaign(
        @Nullable String state,
        @Nullable Integer canary,
        @Nullable Integer stopAtFailedPercent,
        @Nullable Long answerWindowSeconds,
        long triggers,
        long commands,
        long repaired) {}
